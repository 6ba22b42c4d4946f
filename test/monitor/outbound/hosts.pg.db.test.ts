import type { ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { commandAlert } from '../../../server/desk/alerts/service.ts'
import { keptOfSite } from '../../../server/monitor/inspections/kept-of-site.ts'
import { SITE_RULES } from '../../../server/monitor/inspections/outbound/rules.ts'
import type { Tools } from '../../../server/monitor/inspections/rule.ts'
import { startScan } from '../../../server/monitor/links/service.ts'
import { forgetHosts } from '../../../server/monitor/outbound/forget.ts'
import { LIMITS } from '../../../server/monitor/outbound/limits.ts'
import { lookAtDue } from '../../../server/monitor/outbound/looks/look.ts'
import { noteForeign } from '../../../server/monitor/outbound/notes.ts'
import { outboundDetail, outboundHosts } from '../../../server/monitor/outbound/service.ts'
import { DAY, HOUR, MINUTE } from '../../../shared/base/time.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import { makeSite } from '../../support/make.ts'
import { SITE } from '../inspections/pages.ts'
import { a, ctx, finish, parts, people, playOnASite, scan, serve, site, sites } from '../links/scans.ts'

playOnASite()

const page = (html: string) => (_req: unknown, res: ServerResponse) =>
  void res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html)
const titled = (title: string) => page(`<title>${title}</title><body>首页</body>`)
const BETTING = titled('澳门新葡京 真人荷官')
const ALL = { limit: 100 }

const look = async (isRegistered: boolean | null = null) => {
  const { proberFor, signal } = parts()
  await lookAtDue({ ctx, proberFor, signal, isRegistered: async () => isRegistered }, 100)
}
const lookAfter = async (ms: number, isRegistered: boolean | null = null) => {
  ctx.clock.advance(ms)
  await look(isRegistered)
}
async function hostOf(label: string, user: Principal = people.duty) {
  const { items } = await outboundHosts(ctx, user, { q: label }, ALL)
  return items[0]
}
const alerts = () =>
  ctx.db
    .selectFrom('alert')
    .select(['id', 'rule', 'status', 'severity', 'evidence', 'version'])
    .where('site_id', 'is', null)
    .orderBy('id')
    .execute()
/** Another unit's site, in another district, that has these links. */
async function otherSite(label: string, links: string) {
  sites.set(label, page(links))
  const other = await makeSite(ctx.db, { url: sites.url(label), district: '440105' })
  const { id } = await startScan(ctx, people.duty, other.id, { delayMs: 100 })
  await finish(id)
  return other
}

test('one host that was taken over is one alert with all sites, which ends when nobody links to it any more', async () => {
  sites.set('tour', titled('岭南旅游网'))
  serve({ '/': a(sites.url('tour'), '旅游') + a('/news'), '/news': a(`${sites.url('tour')}map`) })
  await scan()
  await otherSite('other-tour', a(sites.url('tour')))
  await look()
  expect(await hostOf('tour.local')).toMatchObject({ state: 'fine', sites: 2, pages: 3 })
  expect(await alerts(), 'nothing is wrong').toEqual([])

  sites.set('tour', BETTING)
  await lookAfter(21 * HOUR)
  expect(await hostOf('tour.local')).toMatchObject({ state: 'fine', pending: 'hijacked' })
  expect(await alerts(), 'not by one look').toEqual([])
  await lookAfter(11 * MINUTE)
  const [alert, ...more] = await alerts()
  expect(more).toEqual([])
  expect(alert).toMatchObject({ rule: 'OUTBOUND:tour.localhost', status: 'open', severity: 'critical' })
  expect(alert?.evidence).toMatchObject({
    key: 'tour.localhost',
    sites: 2,
    outbound: { is: 'hijacked', pages: 3 },
  })

  const host = await hostOf('tour.local')
  const whole = await outboundDetail(ctx, people.duty, host!.id)
  expect(whole).toMatchObject({ alertId: alert?.id, well: { title: '岭南旅游网' } })
  expect(whole.changes.map(({ state }) => state)).toEqual(['hijacked', 'fine'])
  expect(whole.uses.map(({ pages }) => pages)).toEqual([2, 1])

  const own = await outboundDetail(ctx, people.owner, host!.id)
  expect(own, 'a unit sees its own pages').toMatchObject({ sites: 1, pages: 2, alertId: null })
  expect(own.uses.map(({ siteId }) => siteId)).toEqual([site.id])
  expect(own.uses[0]?.examples.map((one) => [new URL(one.page).pathname, one.text])).toEqual([
    ['/', '旅游'],
    ['/news', '链接'],
  ])

  const [rule] = SITE_RULES.filter(({ id }) => id === 'outbound-hijacked')
  const facts = { ...SITE, siteId: site.id }
  const measured = await rule?.measure(facts, { kept: keptOfSite(ctx.db, facts, ctx.clock) } as Tools)
  expect(measured).toMatchObject({
    outcome: 'found',
    problems: [{ key: 'tour.localhost', told: 'tour.localhost' }],
  })

  serve({ '/': 'nothing' })
  await scan()
  sites.set('other-tour', page('nothing'))
  const others = whole.uses.find(({ siteId }) => siteId !== site.id)
  const { id } = await startScan(ctx, people.duty, others!.siteId, {})
  await finish(id)
  expect((await alerts()).map(({ status }) => status)).toEqual(['resolved'])
  await expect(outboundDetail(ctx, people.owner, host!.id)).rejects.toThrow()
})

test('a host is judged by its own page and by the one that fills it, whichever is bad', async () => {
  const frame = (title: string, label: string) =>
    page(`<title>${title}</title><iframe src="${sites.url(label)}" width="100%" height="100%"></iframe>`)
  sites.set('led-bad', BETTING)
  sites.set('led-well', titled('岭南旅游网'))
  sites.set('gate-well', frame('岭南旅游网', 'led-bad'))
  sites.set('gate-bad', frame('澳门新葡京 真人荷官', 'led-well'))
  sites.set('gate-own', frame('岭南旅游网', 'led-well'))
  serve({ '/': ['gate-well', 'gate-bad', 'gate-own'].map((label) => a(sites.url(label))).join('') })
  await scan()
  await look()
  const states = await Promise.all(['gate-well', 'gate-bad', 'gate-own'].map((label) => hostOf(label)))
  expect(states.map((host) => host?.pending ?? host?.state)).toEqual(['hijacked', 'hijacked', 'fine'])
})

test('a site that intruders have filled with links fills nobody’s list of alerts', async () => {
  const { alertsOfSite } = LIMITS.kept
  const labels = Array.from({ length: alertsOfSite + 3 }, (_, n) => `farm-${n}`)
  for (const label of labels) sites.set(label, BETTING)
  serve({ '/': labels.map((label) => a(sites.url(label))).join('') })
  await scan()
  await look()
  await lookAfter(11 * MINUTE)
  const { counts } = await outboundHosts(ctx, people.owner, { q: 'farm-' }, ALL)
  expect(counts.hijacked, 'all are listed').toBe(labels.length)
  const told = (await alerts()).filter(({ rule }) => rule.startsWith('OUTBOUND:farm-'))
  expect(told).toHaveLength(alertsOfSite)
})

test('who does not link to a host does not see it', async () => {
  sites.set('mine', titled('x'))
  serve({ '/': a(sites.url('mine')) })
  await scan()
  const host = await hostOf('mine.local', people.owner)
  expect(host).toMatchObject({ sites: 1 })
  expect(await hostOf('mine.local', people.haizhu)).toBeUndefined()
  await expect(outboundDetail(ctx, people.haizhu, host!.id)).rejects.toThrow()
})

test('a host that a scan under way has found is there for the city as for the district', async () => {
  const link = { url: 'http://just-found.test/', text: '', manner: 'link' } as const
  const noted = { id: 1, site_id: site.id, demo: false }
  await ctx.db
    .transaction()
    .execute((tx) => noteForeign(tx, noted, site.url, [link], new Date(ctx.clock.now())))
  const own = { sites: 1, pages: 1 }
  for (const who of [people.duty, people.tianhe, people.owner]) {
    const host = await hostOf('just-found', who)
    expect(host).toMatchObject(own)
    expect(await outboundDetail(ctx, who, host!.id)).toMatchObject(own)
  }
})

test('what a person called a false alarm stays so until the host is something else again', async () => {
  sites.set('museum', BETTING)
  serve({ '/': a(sites.url('museum')) })
  await scan()
  await look()
  await lookAfter(11 * MINUTE)
  const alert = (await alerts()).at(-1)
  expect(alert).toMatchObject({ rule: 'OUTBOUND:museum.localhost', status: 'open' })
  const seen = { id: alert!.id, version: alert!.version }
  await commandAlert(ctx, people.duty, seen, { action: 'falseAlarm', reason: '博物馆展览' })
  await lookAfter(48 * HOUR)
  await lookAfter(48 * HOUR)
  expect((await alerts()).at(-1), 'still false').toMatchObject({ id: alert!.id, status: 'resolved' })
  sites.set('museum', titled('色情网站'))
  await lookAfter(21 * HOUR)
  await lookAfter(21 * HOUR)
  expect((await alerts()).at(-1)).toMatchObject({ rule: 'OUTBOUND:museum.localhost', status: 'open' })
})

test('a script from a domain that is gone is critical, told after a day', async () => {
  serve({ '/': '<script src="http://stat.gone.test/c.js"></script>' })
  await scan()
  await ctx.db
    .updateTable('outbound_host')
    .set({ url: 'http://stat.gone.test/c.js' })
    .where('host', '=', 'stat.gone.test')
    .execute()
  const notFound = {
    visit: async () => ({
      result: { ...RESULT, cause: 'dns_not_found' as const },
      body: null,
      headers: {},
    }),
    close() {},
  }
  const { signal } = parts()
  for (const ms of [0, 9 * HOUR, 9 * HOUR, 9 * HOUR]) {
    ctx.clock.advance(ms)
    await lookAtDue({ ctx, proberFor: () => notFound, signal, isRegistered: async () => false }, 100)
  }
  expect(await hostOf('stat.gone')).toMatchObject({ state: 'dead', isCode: true })
  expect((await alerts()).at(-1)).toMatchObject({ rule: 'OUTBOUND:stat.gone.test', severity: 'critical' })
})

test('loops, a title of 10 MB and a page of 5,000 hosts cost themselves only', async () => {
  sites.set('loop', (_req, res) => void res.writeHead(302, { location: '/' }).end())
  sites.set('huge', page(`<title>${'长'.repeat(3_500_000)}</title>`))
  const many = Array.from({ length: 5_000 }, (_, n) => a(`http://h${n}.test/`)).join('')
  serve({ '/': a(sites.url('loop')) + a(sites.url('huge')) + a('/many'), '/many': many })
  await scan({ links: 30, depth: 2 })
  await ctx.db
    .updateTable('outbound_host')
    .set({ next_look_at: null })
    .where('host', 'like', 'h%.test')
    .execute()
  await look()
  expect(await hostOf('loop.local')).toMatchObject({ state: 'unopened', landing: { cause: 'redirect_loop' } })
  expect((await hostOf('huge.local'))?.landing?.title.length).toBeLessThanOrEqual(201)
  const { n } = await ctx.db
    .selectFrom('outbound_use')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('site_id', '=', site.id)
    .executeTakeFirstOrThrow()
  expect(Number(n)).toBeLessThanOrEqual(402)
})

test('a host that nobody has linked to for months is forgotten with all that it was, and is a new one when it is linked to again', async () => {
  sites.set('left', titled('一个网站'))
  sites.set('still', titled('另一个网站'))
  serve({ '/': a(sites.url('left')) + a(sites.url('still')) })
  await scan()
  await look()
  serve({ '/': a(sites.url('still')) })
  await scan()
  const kept = async () =>
    (await ctx.db.selectFrom('outbound_host').select('host').where('host', 'in', HOSTS).execute())
      .map(({ host }) => host)
      .sort()
  const HOSTS = ['left.localhost', 'still.localhost']
  ctx.clock.advance((LIMITS.kept.hostDays - 1) * DAY)
  await forgetHosts(ctx.db, ctx.clock.now())
  expect(await kept()).toEqual(HOSTS)
  ctx.clock.advance(2 * DAY)
  await forgetHosts(ctx.db, ctx.clock.now())
  expect(await kept()).toEqual(['still.localhost'])
  serve({ '/': a(sites.url('left')) })
  await scan()
  expect(await hostOf('left.local')).toMatchObject({ state: 'waiting', sites: 1 })
})

test('a site that links to hosts without end takes no more of the looks than its share', async () => {
  const noted = { id: 1, site_id: site.id, demo: false }
  const { hostsOfPage, hostsOfSite } = LIMITS.kept
  await ctx.db.transaction().execute(async (tx) => {
    for (let page_ = 0; page_ < hostsOfSite / hostsOfPage + 2; page_++) {
      const links = Array.from({ length: hostsOfPage }, (_, n) => ({
        ...{ url: `http://m${page_ * hostsOfPage + n}.test/`, text: '', manner: 'link' as const },
      }))
      await noteForeign(tx, noted, site.url, links, new Date(ctx.clock.now()))
    }
  })
  const { n } = await ctx.db
    .selectFrom('outbound_host')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('host', 'like', 'm%.test')
    .executeTakeFirstOrThrow()
  expect(Number(n)).toBe(hostsOfSite)
})

const RESULT = {
  ...{
    outcome: 'failed' as const,
    status: null,
    dnsMs: 1,
    connectMs: null,
    tlsMs: null,
    ttfbMs: null,
    totalMs: 1,
  },
  ...{
    bytes: 0,
    finalUrl: null,
    redirects: 0,
    notes: [],
    certDaysLeft: null,
    certificate: null,
    address: null,
  },
  ...{ bodyHash: null, etag: null, lastModified: null, notModified: false },
}
