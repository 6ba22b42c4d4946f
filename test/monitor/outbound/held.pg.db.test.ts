import type { ServerResponse } from 'node:http'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { listProblems } from '../../../server/monitor/inspections/queries.ts'
import { decideProblems } from '../../../server/monitor/inspections/service.ts'
import { askerOf } from '../../../server/monitor/inspections/standing.ts'
import { startScan } from '../../../server/monitor/links/service.ts'
import { lookAtDue } from '../../../server/monitor/outbound/looks/look.ts'
import { outboundDetail, outboundHosts } from '../../../server/monitor/outbound/service.ts'
import { HOUR, localDay, MINUTE } from '../../../shared/base/time.ts'
import { inspectionRule } from '../../../shared/monitor/inspections/catalogue.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import { makeSite } from '../../support/make.ts'
import { a, ctx, finish, parts, people, playOnASite, scan, serve, site, sites } from '../links/scans.ts'

playOnASite()

const BETTING = (_req: unknown, res: ServerResponse) =>
  void res
    .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    .end('<title>澳门新葡京 真人荷官</title><body>首页</body>')

const look = async () => {
  const { proberFor, signal } = parts()
  await lookAtDue({ ctx, proberFor, signal, isRegistered: async () => null }, 100)
}
const lookAfter = async (ms: number) => {
  ctx.clock.advance(ms)
  await look()
}
const hostOf = async (q: string) => (await outboundHosts(ctx, people.duty, { q }, { limit: 10 })).items[0]

test('a host that went bad is told of by nobody while the rule for hosts errs too often, but where a person confirms it', async () => {
  sites.set('held', BETTING)
  serve({ '/': a(sites.url('held')) })
  await scan()
  await ctx.db
    .insertInto('quality_night')
    .values({
      ...{
        night: localDay(ctx.clock.now()),
        place: 'fleet' as const,
        rule: 'outbound-hijacked',
        planted: 10,
        found: 10,
      },
      ...{
        version: inspectionRule('outbound-hijacked')?.version ?? null,
        clean: 100,
        wrong: 5,
        unmeasured: 0,
      },
      ...{ median_s: 60, slowest_s: 90, counted_at: new Date(ctx.clock.now()) },
    })
    .execute()
  await look()
  await lookAfter(11 * MINUTE)
  const ofHeld = async () =>
    ctx.db.selectFrom('alert').selectAll().where('site_id', 'is', null).orderBy('id').execute()
  const detail = async () => outboundDetail(ctx, people.duty, (await hostOf('held.local'))?.id ?? 0)
  expect(await hostOf('held.local')).toMatchObject({ state: 'hijacked' })
  expect(await ofHeld()).toEqual([])
  expect(await detail()).toMatchObject({ isHeld: true, alertId: null })

  await scan()
  const { items } = await listProblems(
    ctx.db,
    await askerOf(ctx, people.duty),
    { site: site.id, state: 'waiting', rule: 'outbound-hijacked' },
    { limit: 10 },
  )
  expect(
    items.map(({ siteId }) => siteId),
    'it waits to be confirmed',
  ).toEqual([site.id])
  const problems = items.map(({ id, version }) => ({ id, version }))
  await decideProblems(ctx, people.duty, { problems, to: 'confirmed', note: '' })
  await lookAfter(21 * HOUR)
  expect(await ofHeld()).toMatchObject([{ status: 'open' }])
  expect(await detail()).toMatchObject({ isHeld: false })

  await decideProblems(ctx, people.duty, {
    problems: problems.map(({ id, version }) => ({ id, version: version + 1 })),
    to: 'open',
    note: '',
  })
  await lookAfter(21 * HOUR)
  expect(await ofHeld(), 'what was told stays told while the host is bad').toMatchObject([{ status: 'open' }])
  expect(await detail()).toMatchObject({ isHeld: false })
  await decideProblems(ctx, people.tianhe, {
    problems: problems.map(({ id, version }) => ({ id, version: version + 2 })),
    to: 'refused',
    note: '是一场音乐会的网站',
  })
  await lookAfter(21 * HOUR)
  expect(await ofHeld(), 'until it is refused everywhere').toMatchObject([{ status: 'resolved' }])
  await ctx.db.deleteFrom('quality_night').execute()
  await lookAfter(21 * HOUR)
  expect(await ofHeld(), 'below its limit again').toMatchObject([{ status: 'open' }])
})

test('a host that the working group refuses on one site is told of no more, nor found on others, until it is something else', async () => {
  sites.set('concert', BETTING)
  serve({ '/': a(sites.url('concert')) })
  await scan()
  await look()
  await lookAfter(11 * MINUTE)
  const alertOf = () =>
    ctx.db
      .selectFrom('alert')
      .select('status')
      .where(sql<boolean>`rule = 'OUTBOUND:concert.localhost'`)
      .orderBy('id', 'desc')
      .executeTakeFirst()
  expect(await alertOf()).toEqual({ status: 'open' })
  await scan()
  const found = async (siteId: number) => {
    const { items } = await listProblems(
      ctx.db,
      await askerOf(ctx, people.duty),
      { site: siteId, rule: 'outbound-hijacked', state: undefined },
      { limit: 10 },
    )
    return items
  }
  const refuse = async (who: Principal, to: 'refused' | 'open') => {
    const rows = await ctx.db
      .selectFrom('inspection_problem')
      .select(['id', 'version'])
      .where('site_id', '=', site.id)
      .where('rule', '=', 'outbound-hijacked')
      .execute()
    await decideProblems(ctx, who, { problems: rows, to, note: '是一场音乐会的网站' })
  }
  await refuse(people.tianhe, 'refused')
  await lookAfter(21 * HOUR)
  expect(await alertOf(), 'a district speaks for its sites').toEqual({ status: 'open' })
  await refuse(people.tianhe, 'open')
  await refuse(people.duty, 'refused')
  await lookAfter(21 * HOUR)
  expect(await alertOf()).toEqual({ status: 'resolved' })
  await lookAfter(21 * HOUR)
  expect(await alertOf()).toEqual({ status: 'resolved' })

  sites.set(
    'links-later',
    (_req, res) =>
      void res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(a(sites.url('concert'))),
  )
  const later = await makeSite(ctx.db, { url: sites.url('links-later'), district: '440105' })
  const scanLater = async () => finish((await startScan(ctx, people.duty, later.id, { delayMs: 100 })).id)
  await scanLater()
  expect(await found(later.id)).toEqual([])
  await scan()
  const { state } = await ctx.db
    .selectFrom('inspection_problem')
    .select('state')
    .where('site_id', '=', site.id)
    .where('gone_at', 'is', null)
    .where('rule', '=', 'outbound-hijacked')
    .executeTakeFirstOrThrow()
  expect(state, 'where it was said it stands').toBe('refused')

  sites.set(
    'concert',
    (_req, res) =>
      void res
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
        .end('<title>六合彩开奖结果</title><body>首页</body>'),
  )
  await lookAfter(21 * HOUR)
  expect(await alertOf(), 'another page is another thing').toEqual({ status: 'open' })
  await scanLater()
  expect(await found(later.id)).toHaveLength(1)
})

test('a site is clear of hosts gone bad only where most of those that it links to were seen, and what was mended is gone all the same', async () => {
  const hosts = Array.from({ length: 5 }, (_, n) => `seen-${n}`)
  const well = (_req: unknown, res: ServerResponse) =>
    void res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<title>旅游网</title>')
  for (const host of hosts) sites.set(host, well)
  sites.set('seen-0', BETTING)
  serve({ '/': hosts.map((host) => a(sites.url(host))).join('') })
  await scan()
  const said = () =>
    ctx.db
      .selectFrom('inspection')
      .select(['outcome', 'reason'])
      .where('site_id', '=', site.id)
      .where('rule', '=', 'outbound-hijacked')
      .executeTakeFirst()
  expect(await said()).toEqual({ outcome: 'unmeasured', reason: 'hostsWaiting' })
  await look()
  await lookAfter(11 * MINUTE)
  await scan()
  expect(await said()).toMatchObject({ outcome: 'found' })

  const rest = hosts.slice(1)
  serve({ '/': rest.map((host) => a(sites.url(host))).join('') })
  const unopened = (many: number) =>
    ctx.db
      .updateTable('outbound_host')
      .set({ state: 'unopened' })
      .where(
        'host',
        'in',
        rest.slice(0, many).map((host) => `${host}.localhost`),
      )
      .execute()
  await unopened(1)
  // What a site no longer links to is forgotten when it was looked through.
  await scan()
  await scan()
  expect(await said(), 'one in four').toEqual({ outcome: 'unmeasured', reason: 'hostsWaiting' })
  const there = await ctx.db
    .selectFrom('inspection_problem')
    .select('key')
    .where('site_id', '=', site.id)
    .where('rule', '=', 'outbound-hijacked')
    .where('gone_at', 'is', null)
    .execute()
  expect(there).toEqual([])
  serve({ '/': [...rest, 'tour-a', 'tour-b'].map((host) => a(sites.url(host))).join('') })
  for (const host of ['tour-a', 'tour-b']) sites.set(host, well)
  await scan()
  await look()
  await unopened(1)
  await scan()
  expect(await said(), 'one in six').toEqual({ outcome: 'clear', reason: null })
})
