import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  hiddenLinksNew,
  homeReplaced,
  shownToRobots,
} from '../../../../server/monitor/inspections/content/site-rules.ts'
import { keptOfSite } from '../../../../server/monitor/inspections/kept-of-site.ts'
import type { SiteFacts, SiteRule, Tools } from '../../../../server/monitor/inspections/rule.ts'
import { inspectionRule } from '../../../../shared/monitor/inspections/catalogue.ts'
import type { InspectionOutcome } from '../../../../shared/monitor/inspections/inspections-rules.ts'
import { type FreshDatabase, freshDatabase } from '../../../support/database.ts'
import { makeSite } from '../../../support/make.ts'
import { retrieved, SITE } from '../pages.ts'

let fresh: FreshDatabase
beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(() => fresh.drop())

const NEWS = Array.from(
  { length: 60 },
  (_, n) => `<li class="news item${n % 7}"><a href="/${n}.html">天河区工作动态第${n}条</a></li>`,
).join('')
const home = (more = '', title = '天河区人民政府') =>
  `<html><head><title>${title}</title></head><body><div class="head top">天河区人民政府</div><ul class="list">${NEWS}</ul><a href="http://www.people.com.cn/">人民网</a>${more}</body></html>`
const HIDDEN =
  '<div style="position:absolute;left:-9999px"><a href="http://www.qx778.com/">广告合作</a><a href="http://www.kk990.net/">软文</a></div>'

/** Asks a rule on a day, of a home page as people and as search robots are shown it, and as people are shown it after that. */
async function ask(rule: SiteRule, site: SiteFacts, html: string | null, forRobots = html, after = html) {
  const tools = toolsFor(rule, site, html, forRobots, after)
  return rule.measure(site, tools)
}
function toolsFor(
  rule: SiteRule,
  site: SiteFacts,
  html: string | null,
  forRobots = html,
  after = html,
): Tools {
  const page = html === null ? null : retrieved(html, { depth: 0, url: 'http://www.thnet.gov.cn/' })
  return {
    ...{ home: page, pages: [], limits: inspectionRule(rule.id)?.limits ?? {}, isSpent: false },
    kept: keptOfSite(fresh.db, site, { now: () => Date.parse(site.today) }),
    visit: async ({ userAgent }: { userAgent?: string }) => {
      if (userAgent !== undefined) expect(userAgent).toContain('Baiduspider')
      const answer = userAgent === undefined ? after : forRobots
      const isOpen = answer !== null
      const result = {
        outcome: isOpen ? 'ok' : 'blocked',
        status: isOpen ? 200 : 403,
        finalUrl: 'http://www.thnet.gov.cn/',
        notes: [],
      }
      return {
        result,
        headers: { 'content-type': 'text/html' },
        body: isOpen ? new TextEncoder().encode(answer) : null,
      }
    },
  } as unknown as Tools
}
/** A rule has said so of the site. */
async function saidOf({ siteId }: SiteFacts, rule: SiteRule, outcome: InspectionOutcome, version?: number) {
  const at = new Date('2026-11-05')
  const now = version ?? inspectionRule(rule.id)?.version ?? 0
  await fresh.db
    .insertInto('inspection')
    .values({ site_id: siteId, rule: rule.id, outcome, reason: null, at, since: at, version: now })
    .onConflict((on) => on.columns(['site_id', 'rule']).doUpdateSet({ outcome, version: now }))
    .execute()
}
async function site(): Promise<(day: string) => SiteFacts> {
  const { id } = await makeSite(fresh.db)
  return (today) => ({ ...SITE, siteId: id, today })
}

test('hidden links are new once the site has been known for some days, and stay so while they are there', async () => {
  const on = await site()
  expect(await ask(hiddenLinksNew, on('2026-11-01'), home())).toEqual({
    outcome: 'unmeasured',
    reason: 'firstLook',
  })
  for (const day of ['2026-11-02', '2026-11-03']) await ask(hiddenLinksNew, on(day), home())
  expect(await ask(hiddenLinksNew, on('2026-11-04'), home())).toEqual({ outcome: 'clear' })
  for (const day of ['2026-11-05', '2026-11-06']) {
    expect(await ask(hiddenLinksNew, on(day), home(HIDDEN))).toMatchObject({
      outcome: 'found',
      problems: [{ key: 'qx778.com', detail: { by: 'offscreen', links: 2 } }],
    })
  }
  expect(await ask(hiddenLinksNew, on('2026-11-07'), home())).toEqual({ outcome: 'clear' })
  const odd = home('<a href="http://constructor/">甲</a><a href="http://__proto__/">乙</a>')
  for (const day of ['2026-11-08', '2026-11-09'])
    expect(await ask(hiddenLinksNew, on(day), odd), 'whatever hosts are called').toEqual({ outcome: 'clear' })
})

test('what was there from the first, a menu, and a list of friends that grew are not new', async () => {
  const on = await site()
  for (const day of ['2026-11-01', '2026-11-02', '2026-11-03'])
    await ask(hiddenLinksNew, on(day), home(HIDDEN))
  expect(await ask(hiddenLinksNew, on('2026-11-04'), home(HIDDEN))).toEqual({ outcome: 'clear' })
  for (const more of [
    '<ul class="menu" style="display:none"><li><a href="http://www.new1.com/">甲</a><a href="http://www.new2.com/">乙</a></li></ul>',
    '<div style="display:none"><a href="/own.html">本站</a><a href="http://www.new3.com/">丙</a></div>',
    '<div style="position:absolute;left:-9999px"><a href="http://www.new4.com/">丁</a><a href="http://www.people.com.cn/">人民网</a></div>',
    '<div style="position:absolute;left:-9999px"><a href="https://weibo.com/x">微博</a></div>',
  ]) {
    expect(await ask(hiddenLinksNew, on('2026-11-05'), home(more)), more).toEqual({ outcome: 'clear' })
  }
})

test('a home page is held against what it was, and what is another\u2019s is not remembered', async () => {
  const on = await site()
  expect(await ask(homeReplaced, on('2026-11-01'), home())).toEqual({
    outcome: 'unmeasured',
    reason: 'noHistory',
  })
  expect(await ask(homeReplaced, on('2026-11-02'), home('<p>新的一条</p>'))).toEqual({ outcome: 'clear' })
  const casino = `<html><head><title>百家乐_真人视讯</title></head><body><section class="x">${'注册送彩金，体育投注。'.repeat(20)}</section></body></html>`
  for (const day of ['2026-11-03', '2026-11-04']) {
    expect(await ask(homeReplaced, on(day), casino)).toMatchObject({
      outcome: 'found',
      problems: [{ key: 'home' }],
    })
  }
  expect(await ask(homeReplaced, on('2026-11-05'), null)).toEqual({
    outcome: 'unmeasured',
    reason: 'notOpened',
  })
})

test('a home page that was another\u2019s when it was first looked at is not what the site is held against', async () => {
  const on = await site()
  const casino = `<html><head><title>百家乐_真人视讯</title></head><body><section class="x">${'注册送彩金，体育投注。'.repeat(20)}</section><p>主办：天河区人民政府</p></body></html>`
  const noHistory = { outcome: 'unmeasured', reason: 'noHistory' }
  for (const day of ['2026-11-01', '2026-11-02'])
    expect(await ask(homeReplaced, on(day), casino)).toEqual(noHistory)
  expect(await ask(homeReplaced, on('2026-11-03'), home())).toEqual(noHistory)
  expect(await ask(homeReplaced, on('2026-11-04'), home())).toEqual({ outcome: 'clear' })
  expect(await ask(homeReplaced, on('2026-11-05'), casino)).toMatchObject({ outcome: 'found' })
})

test('a site that shows search robots betting is found; one that refuses them, or shows them the same, is not', async () => {
  const on = await site()
  expect(await ask(shownToRobots, on('2026-11-04'), home())).toEqual({
    outcome: 'unmeasured',
    reason: 'firstLook',
  })
  await ask(hiddenLinksNew, on('2026-11-04'), home())
  const today = on('2026-11-05')
  expect(await ask(shownToRobots, today, home(), home('', '澳门新葡京_百家乐'))).toMatchObject({
    outcome: 'found',
  })
  const hidden = home('<div style="display:none"><a href="http://a.com/">真人视讯</a></div>')
  expect(await ask(shownToRobots, today, home(), hidden)).toMatchObject({ outcome: 'found' })
  expect(await ask(shownToRobots, today, home(), null)).toEqual({
    outcome: 'unmeasured',
    reason: 'robotRefused',
  })
  expect(await ask(shownToRobots, today, home(), home('<p>静态版</p>'))).toEqual({ outcome: 'clear' })
})

test('a headline about betting that appears while a home page is looked at is not shown to search robots alone', async () => {
  const on = await site()
  await ask(hiddenLinksNew, on('2026-11-04'), home())
  const today = on('2026-11-05')
  const news = home('<div class="tab" style="display:none"><a href="http://a.com/">真人视讯</a></div>')
  expect(await ask(shownToRobots, today, home(), news, news), 'people are shown it by now').toEqual({
    outcome: 'clear',
  })
  const casino = home('', '澳门新葡京_百家乐')
  expect(await ask(shownToRobots, today, home(), casino, null), 'nobody knows').toEqual({
    outcome: 'unmeasured',
    reason: 'notOpened',
  })
  expect(await ask(shownToRobots, today, home(), casino, news)).toMatchObject({ outcome: 'found' })
})

test('what search robots are shown is asked once a week, and at once where there is reason to', async () => {
  const on = await site()
  await ask(hiddenLinksNew, on('2026-11-04'), home())
  expect(await ask(shownToRobots, on('2026-11-05'), home())).toEqual({ outcome: 'clear' })
  const isDue = (day: string, html: string | null = home()) =>
    shownToRobots.isDue?.(on(day), toolsFor(shownToRobots, on(day), html))
  expect(await isDue('2026-11-06'), 'nothing was kept of it').toBe(true)
  await saidOf(on('2026-11-05'), shownToRobots, 'clear')
  expect(await isDue('2026-11-06')).toBe(false)
  expect(await isDue('2026-11-11')).toBe(false)
  expect(await isDue('2026-11-12'), 'a week later').toBe(true)
  const asks = home('<script>if (/baiduspider/i.test(navigator.userAgent)) {}</script>')
  expect(await isDue('2026-11-06', asks), 'a script asks who comes').toBe(true)
  expect(await isDue('2026-11-06', null), 'it did not open').toBe(true)
  for (const outcome of ['found', 'unmeasured'] as const) {
    await saidOf(on('2026-11-05'), shownToRobots, outcome)
    expect(await isDue('2026-11-06'), `was ${outcome}`).toBe(true)
  }
  await saidOf(on('2026-11-05'), shownToRobots, 'clear', 0)
  expect(await isDue('2026-11-06'), 'by another version of the rule').toBe(true)
})

test('a home page of which only the beginning was read is clear neither of new hidden links nor for robots', async () => {
  const on = await site()
  const long = home('<i>x</i>'.repeat(61_000))
  for (const day of ['2026-11-01', '2026-11-02', '2026-11-03']) await ask(hiddenLinksNew, on(day), home())
  const tooLong = { outcome: 'unmeasured', reason: 'pageTooLong' }
  expect(await ask(hiddenLinksNew, on('2026-11-04'), long)).toEqual(tooLong)
  expect(await ask(shownToRobots, on('2026-11-04'), home(), long)).toEqual(tooLong)
})
