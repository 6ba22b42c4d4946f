import type { ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { listProblems } from '../../../server/monitor/inspections/queries.ts'
import { decideProblems } from '../../../server/monitor/inspections/service.ts'
import { askerOf } from '../../../server/monitor/inspections/standing.ts'
import { lookAtDue } from '../../../server/monitor/outbound/looks/look.ts'
import { outboundDetail, outboundHosts } from '../../../server/monitor/outbound/service.ts'
import { HOUR, localDay, MINUTE } from '../../../shared/base/time.ts'
import { inspectionRule } from '../../../shared/monitor/inspections/catalogue.ts'
import { a, ctx, parts, people, playOnASite, scan, serve, site, sites } from '../links/scans.ts'

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
  await decideProblems(ctx, people.duty, {
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
