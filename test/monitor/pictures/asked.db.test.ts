import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { confirmFinding, recordFinding } from '../../../server/census/findings/service.ts'
import { followAlerts, type SiteChange } from '../../../server/desk/alerts/follow.ts'
import { raiseRectification } from '../../../server/desk/rectifications/raise/raise.ts'
import { takeStep } from '../../../server/desk/rectifications/service.ts'
import { pictureProblems } from '../../../server/monitor/inspections/crawl/picture.ts'
import { listMissing } from '../../../server/monitor/pictures/missing.ts'
import { listPictures } from '../../../server/monitor/pictures/queries.ts'
import { askForPicture } from '../../../server/monitor/pictures/service.ts'
import { pictureTaken } from '../../../server/monitor/pictures/taken.ts'
import { takeMessages } from '../../../server/monitor/schedule/daily/take-messages.ts'
import { DAY, localDay } from '../../../shared/base/time.ts'
import { newFinding } from '../../../shared/census/findings/findings.ts'
import { INSPECTION_RULES } from '../../../shared/monitor/inspections/catalogue.ts'
import { ASKED_A_DAY } from '../../../shared/monitor/pictures/pictures.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { type MadeSite, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'
import { picture } from './picture.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
})
afterAll(() => fresh.drop())

const newSite = () => makeSite(fresh.db, { unit_id: people.unitId })
const rendererComes = () =>
  fresh.db
    .insertInto('renderer')
    .values({ name: 'here', heard_at: new Date(ctx.clock.now()), problem: null })
    .onConflict((on) => on.doNothing())
    .execute()
const ordered = async (site: MadeSite) =>
  (
    await fresh.db
      .selectFrom('render_order')
      .select(['url', 'subject', 'asked_by'])
      .where('site_id', '=', site.id)
      .where('purpose', '=', 'picture')
      .orderBy('id')
      .execute()
  ).map(({ url, subject, asked_by }) => ({ url, ...subject, by: asked_by }))
const follow = (site: MadeSite, rule: SiteChange['rule'], wanted: SiteChange['wanted']) =>
  fresh.db
    .transaction()
    .execute((tx) => followAlerts(tx, [{ siteId: site.id, rule, wanted, evidence: {} }], ctx.clock.now()))

test('where nothing takes pictures none is waited for, and whoever asks is told so', async () => {
  const site = await newSite()
  await follow(site, 'V2', 'critical')
  expect(await ordered(site)).toEqual([])
  const why = await refused(askForPicture(ctx, people.duty, site.id, {}), 'conflict')
  expect(why.reason).toBe('pictures.nothingTakes')
})

describe('where something takes pictures, one is asked for', () => {
  beforeAll(rendererComes)

  test('at each change of a verdict, with the item that it rests on; of what is down, as it is', async () => {
    const site = await newSite()
    const [fact] = await follow(site, 'V2', 'critical')
    await follow(site, 'DOWN', 'major')
    const alertId = fact && 'alert' in fact.data ? fact.data.alert.id : 0
    expect(await ordered(site)).toEqual([
      { url: site.url, ref: `verdict|V2|${alertId}`, mark: { text: '关于开展检查的通知' }, by: null },
      { url: site.url, ref: expect.stringMatching(/^verdict\|DOWN\|\d+$/), isAsIs: true, by: null },
    ])
  })

  test('of a broken link on the page that has it, of V3 on the column that is neglected most', async () => {
    const site = await newSite()
    const at = new Date(ctx.clock.now())
    const [page, link] = [`${site.url}list/`, `${site.url}gone.doc`]
    const { id } = await fresh.db
      .insertInto('link_scan')
      .values({
        ...{ site_id: site.id, state: 'done', requested_by: null, max_depth: 2, max_pages: 9, max_links: 9 },
        ...{ delay_ms: 100, created_at: at, next_at: at, started_at: at, finished_at: at, found: null },
        ...{ recheck_at: null, rechecked_at: null },
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await fresh.db
      .insertInto('link_target')
      .values({
        ...{
          scan_id: id,
          url_hash: 'x',
          url: link,
          shape: 'x',
          kind: 'attachment',
          is_inside: true,
          depth: 2,
        },
        ...{ on_home: false, found_on: page, found_text: '申请表', next_at: at, status: 404, cause: null },
        state: 'confirmed',
      })
      .execute()
    const column = (name: string, dates: string[]) => ({
      ...{ site_id: site.id, name, url: `${site.url}${name}/`, class: 'notice' as const, seen_at: at },
      ...{ confirmed_by: null, confirmed_at: null, home_items: null, home_dates: null, next_visit_at: at },
      ...{ list_items: 5, list_dates: JSON.stringify(dates), list_read_at: at, list_tried_at: at },
    })
    await fresh.db
      .insertInto('site_column')
      .values([column('fresh', ['2026-03-09']), column('stale', ['2024-01-02'])])
      .execute()
    await follow(site, 'LINKS', 'minor')
    await follow(site, 'V3', 'critical')
    expect(await ordered(site)).toMatchObject([
      { url: page, mark: { href: link, text: '申请表' } },
      { url: `${site.url}stale/` },
    ])
  })

  test('before a rectification and once it is closed, at the same place', async () => {
    const site = await newSite()
    const [fact] = await follow(site, 'V2', 'critical')
    const alertId = fact && 'alert' in fact.data ? fact.data.alert.id : 0
    const raised = await raiseRectification(ctx, people.duty, { alertIds: [alertId], dueWorkdays: 10 })
    const mark = { text: '旧的一条' }
    await pictureTaken(ctx, orderOf(site, `before|V2|${raised.id}`, mark), taken(`${site.url}old/`))
    const seen = { id: raised.id, version: raised.version }
    await takeStep(ctx, people.duty, seen, { step: 'override', reason: '已核实' })
    expect((await ordered(site)).slice(1)).toEqual([
      { url: site.url, ref: `before|V2|${raised.id}`, mark: { text: '关于开展检查的通知' }, by: null },
      { url: `${site.url}old/`, ref: `after|V2|${raised.id}`, mark, by: null },
    ])
  })

  test('of a letter that has waited too long, once it does, and once it has an answer', async () => {
    const site = await newSite()
    const at = new Date(ctx.clock.now())
    const column = { siteId: site.id, name: '网上信箱' }
    const waiting = [
      { on: localDay(ctx.clock.now() - 200 * DAY), title: '路灯不亮', url: `${site.url}xx/7.html` },
    ]
    const reading = { dated: 4, answered: 3, waiting, unclear: [], undated: 0, isWhole: true, isDrawn: false }
    await fresh.db
      .insertInto('message_column')
      .values({
        ...{ site_id: site.id, name: column.name, url: `${site.url}xx/`, seen_at: at, next_visit_at: at },
        ...{ read_at: null, tried_at: null, reading: null },
      })
      .execute()
    await takeMessages(fresh.db, column, reading, at)
    const once = [{ url: `${site.url}xx/7.html`, ref: 'verdict|V5|', mark: { text: '路灯不亮' }, by: null }]
    expect(await ordered(site)).toEqual(once)
    await takeMessages(fresh.db, column, reading, at)
    expect(await ordered(site), 'it still does').toEqual(once)
    await takeMessages(fresh.db, column, { ...reading, answered: 4, waiting: [] }, at)
    expect((await ordered(site)).slice(1)).toEqual([{ url: `${site.url}xx/`, ref: 'verdict|V5|', by: null }])
  })

  test('of a serious error again, once a second person has confirmed it', async () => {
    const site = await newSite()
    const given = newFinding.parse({
      siteId: site.id,
      rule: 'V4',
      note: '严重错别字',
      target: `${site.url}xw/`,
    })
    const { id, version } = await recordFinding(ctx, people.tianhe, given)
    await fresh.db.deleteFrom('render_order').where('site_id', '=', site.id).execute()
    await confirmFinding(ctx, people.duty, id, { version, note: '' })
    expect(await ordered(site)).toEqual([{ url: `${site.url}xw/`, ref: `finding|V4|${id}`, by: null }])
  })

  test('of what a person has found at an address', async () => {
    const site = await newSite()
    const target = `${site.url}bszn/`
    const { id } = await recordFinding(
      ctx,
      people.tianhe,
      newFinding.parse({ siteId: site.id, rule: 'S4d', note: '机构地址有误', target }),
    )
    await recordFinding(
      ctx,
      people.tianhe,
      newFinding.parse({ siteId: site.id, rule: 'S4d', note: '整站如此' }),
    )
    expect(await ordered(site)).toEqual([{ url: target, ref: `finding|S4d|${id}`, by: null }])
  })

  test('of the problems that a machine has found, once each, and not of what a person has refused', async () => {
    const site = await newSite()
    const at = new Date(ctx.clock.now())
    const [rule] = INSPECTION_RULES.filter((one) => one.picture)
    const problem = (key: string, more = {}) => ({
      ...{ site_id: site.id, rule: rule?.id ?? '', key, url: `${site.url}${key}`, excerpt: '', told: null },
      ...{ outline: JSON.stringify({ text: '空白' }), detail: JSON.stringify({}), first_at: at, last_at: at },
      ...{ gone_at: null, decided_by: null, decided_at: null, note: null, rule_version: 1, ...more },
    })
    await fresh.db
      .insertInto('inspection_problem')
      .values([problem('a'), problem('b', { state: 'refused' }), problem('c', { gone_at: at })])
      .execute()
    const look = () => fresh.db.transaction().execute((tx) => pictureProblems(tx, site.id, at))
    await look()
    const [order, ...others] = await ordered(site)
    expect([order, others]).toMatchObject([{ url: `${site.url}a`, mark: { text: '空白' } }, []])
    await pictureTaken(ctx, orderOf(site, order?.ref ?? '', { text: '空白' }), taken(`${site.url}a`))
    await fresh.db.deleteFrom('render_order').where('site_id', '=', site.id).execute()
    await look()
    expect(await ordered(site)).toEqual([])
    const seenBy = (who: Principal) => listPictures(ctx, who, { site: site.id }, { limit: 9 })
    expect((await seenBy(people.tianhe)).total).toBe(1)
    expect((await seenBy(people.owner)).total, 'nobody has confirmed it').toBe(0)
  })

  test('of what was otherwise before as it is found, too: a picture from then stands with it once and does not do', async () => {
    const site = await newSite()
    const at = new Date(ctx.clock.now())
    const url = `${site.url}news/1.html`
    const of = INSPECTION_RULES.find((one) => one.picture)?.id ?? ''
    const earlier = orderOf(site, 'sight||', { text: '' })
    await pictureTaken(ctx, earlier, { ...taken(url), atMs: at.getTime() - 2 * DAY })
    await fresh.db
      .insertInto('inspection_problem')
      .values({
        ...{
          site_id: site.id,
          rule: of,
          key: 'd',
          url,
          excerpt: '',
          told: null,
          outline: null,
          rule_version: 1,
        },
        ...{ detail: JSON.stringify({ seenDay: localDay(at.getTime()) }), first_at: at, last_at: at },
        ...{ gone_at: null, decided_by: null, decided_at: null, note: null },
      })
      .execute()
    const look = async () => {
      await fresh.db.transaction().execute((tx) => pictureProblems(tx, site.id, at))
      const kept = fresh.db.selectFrom('picture').select('at').where('site_id', '=', site.id)
      return (await kept.where('reason', '=', 'problem').execute()).length
    }
    await fresh.db.deleteFrom('renderer').execute()
    expect(await look(), 'nothing takes pictures yet').toBe(1)
    await rendererComes()
    expect(await look(), 'the one from before is there').toBe(1)
    const [order] = await ordered(site)
    expect(order).toMatchObject({ url })
    await pictureTaken(ctx, orderOf(site, order?.ref ?? '', { text: '' }), taken(url))
    await fresh.db.deleteFrom('render_order').where('site_id', '=', site.id).execute()
    expect(await look()).toBe(2)
    expect(await ordered(site), 'it is pictured as found').toEqual([])
  })

  test('on request of whoever may have the site visited, of its own pages, so often in a day', async () => {
    const site = await newSite()
    const ask = (who = people.duty, url?: string, text?: string) =>
      askForPicture(ctx, who, site.id, { url, text })
    await ask(people.duty, `${site.url}hdjl/`, '留言')
    expect(await ordered(site)).toEqual([
      { url: `${site.url}hdjl/`, ref: 'asked||', mark: { text: '留言' }, by: people.duty.id },
    ])
    await refused(ask(people.haizhu), 'not_found')
    await refused(ask(people.viewer), 'forbidden')
    expect((await refused(ask(people.duty, 'http://10.0.0.1/'), 'invalid')).reason).toBe('pictures.notOfSite')
    for (let n = 1; n < ASKED_A_DAY; n++) await ask(people.duty, `${site.url}${n}/`)
    expect((await refused(ask(), 'too_many_requests')).reason).toBe('pictures.manyToday')
  })
})

test('one that cannot be taken says why, to whom the site is, until there is one', async () => {
  const site = await newSite()
  const order = orderOf(site, 'verdict|DOWN|7', { text: '' })
  await pictureTaken(ctx, order, { failed: 'not_open' })
  const asked = { reason: 'verdict' as const, refs: [7], site: site.id }
  expect(await listMissing(ctx, people.owner, asked)).toMatchObject([
    { siteId: site.id, rule: 'DOWN', ref: 7, url: site.url, why: 'not_open' },
  ])
  expect(await listMissing(ctx, people.haizhu, asked)).toEqual([])
  expect(await listMissing(ctx, people.duty, {}), 'of nothing in particular').toEqual([])
  await pictureTaken(ctx, order, taken(site.url))
  expect(await listMissing(ctx, people.owner, asked)).toEqual([])
})

const orderOf = (site: MadeSite, ref: string, mark: { text: string }) => ({
  ...{ id: 1, siteId: site.id, url: site.url, purpose: 'picture' as const, subject: { ref, mark } },
  ...{ cause: 'proof' as const, askedBy: null, tries: 1, lost: 0, demo: false },
})
const taken = (url: string) => ({
  ...{ bytes: picture(1280, 720), type: 'image/jpeg' as const, width: 1280, height: 720, isMarked: true },
  ...{ url, atMs: ctx.clock.now() },
})
