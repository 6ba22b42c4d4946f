import type { KyselyPlugin } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { maintainIncidents } from '../../../server/desk/alerts/incidents/incidents.ts'
import { listLiveAlerts } from '../../../server/desk/alerts/queries.ts'
import type { Visited } from '../../../server/monitor/visit/visited.ts'
import { recordVisits } from '../../../server/recording/record.ts'
import { markStalled } from '../../../server/recording/stall.ts'
import { HOUR, MINUTE, SECOND } from '../../../shared/base/time.ts'
import { foldIncidents } from '../../../shared/desk/alerts/alerts.ts'
import type { Cause } from '../../../shared/monitor/visit/probes.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { type MadeSite, makeSite } from '../../support/make.ts'
import { visitOf } from '../../support/visits/visited.ts'

let fresh: FreshDatabase
let ctx: TestContext

beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
})
afterAll(() => fresh.drop())

const visit = (site: MadeSite, cause?: Cause, more: Partial<Visited['result']> = {}): Visited => {
  const visited = visitOf(site, ctx.clock.now(), cause)
  return { ...visited, result: { ...visited.result, ...more } }
}
async function miss(
  sites: readonly MadeSite[],
  cause: Cause = 'timeout',
  more: Partial<Visited['result']> = {},
  by: TestContext = ctx,
) {
  for (let n = 0; n < 3; n++) {
    ctx.clock.advance(5 * SECOND)
    await recordVisits(
      by,
      sites.map((site) => visit(site, cause, more)),
    )
  }
}
async function recover(sites: readonly MadeSite[]) {
  for (let n = 0; n < 2; n++) {
    ctx.clock.advance(5 * SECOND)
    await recordVisits(
      ctx,
      sites.map((site) => visit(site)),
    )
  }
}
const sitesOf = (count: number, platform: string | null) =>
  Promise.all(Array.from({ length: count }, () => makeSite(ctx.db, { platform })))
const live = async (rule: 'PLATFORM' | 'DOWN') =>
  ctx.db
    .selectFrom('alert')
    .selectAll()
    .where('rule', '=', rule)
    .where('status', '<>', 'resolved')
    .orderBy('id')
    .execute()

describe('sites that fail together', () => {
  it('are one incident with n sites, which ends with its last member', async () => {
    const sites = await sitesOf(12, '天河区政府网站集群')
    const facts = await ctx.told(() => miss(sites))
    const alerts = facts.flatMap((fact) => ('alert' in fact.data ? [fact.data.alert] : []))
    const now = new Map(alerts.map((alert) => [alert.id, alert]))
    const told = foldIncidents(now.values())
    expect(told, 'one alarm instead of thirteen').toMatchObject([
      {
        rule: 'PLATFORM',
        severity: 'critical',
        siteId: null,
        evidence: { kind: 'platform', key: '天河区政府网站集群', sites: 12, down: 12, cause: 'timeout' },
      },
    ])
    expect(now.size).toBe(13)
    await recover(sites.slice(0, 7))
    expect(await live('PLATFORM')).toMatchObject([{ evidence: { sites: 12, down: 5 } }])
    await recover(sites.slice(7))
    expect(await live('PLATFORM')).toEqual([])
    expect(await live('DOWN')).toEqual([])
    const resolved = await ctx.db.selectFrom('alert').selectAll().where('rule', '=', 'PLATFORM').execute()
    expect(resolved).toMatchObject([{ status: 'resolved', evidence: { sites: 12, down: 0 } }])
  })

  it('are joined by those that follow', async () => {
    const sites = await sitesOf(5, '越秀区政务信息中心')
    await miss(sites.slice(0, 3))
    await miss(sites.slice(3))
    expect(await live('PLATFORM')).toMatchObject([{ severity: 'major', evidence: { sites: 5 } }])
    await recover(sites)
  })

  it('are counted every few seconds where they are hundreds, and stay one alarm meanwhile', async () => {
    const sites = await sitesOf(505, '全省政务云平台')
    await miss(sites.slice(0, 500))
    const [more, last] = [sites.slice(500, 504), sites.slice(504)]
    for (const wait of [2 * SECOND, SECOND, SECOND]) {
      ctx.clock.advance(wait)
      await recordVisits(
        ctx,
        more.map((site) => visit(site, 'timeout')),
      )
    }
    expect(new Set((await live('DOWN')).map((alert) => alert.incident_id)).size).toBe(1)
    expect(await live('PLATFORM')).toMatchObject([{ evidence: { sites: 500 } }])
    await maintainIncidents(ctx, ctx.clock.now())
    expect(await live('PLATFORM'), 'who looks after them counts').toMatchObject([
      { evidence: { sites: 504 } },
    ])
    // The clock was an hour ahead when it was counted last.
    await ctx.db
      .updateTable('incident')
      .set({ changed_at: new Date(ctx.clock.now() + HOUR) })
      .where('resolved_at', 'is', null)
      .execute()
    await miss(last)
    expect(await live('PLATFORM')).toMatchObject([{ evidence: { sites: 505, down: 505 } }])
    await recover(sites)
    await maintainIncidents(ctx, ctx.clock.now())
    expect(await live('PLATFORM')).toEqual([])
  })

  it('alarm one by one while they are two, or of different platforms, or others of theirs are well', async () => {
    const two = await sitesOf(2, '海珠区政务信息中心')
    const others = await sitesOf(3, null)
    const large = await sitesOf(9, '番禺区政府网站集群')
    await miss([...two, ...others])
    ctx.clock.advance(10 * SECOND)
    for (let n = 0; n < 3; n++) {
      ctx.clock.advance(5 * SECOND)
      await recordVisits(
        ctx,
        large.map((site, i) => visit(site, i < 3 ? 'reset' : undefined)),
      )
    }
    expect(await live('PLATFORM')).toEqual([])
    expect(await live('DOWN')).toHaveLength(8)
    await recover([...two, ...others, ...large])
  })

  it('alarm by themselves again when only one or two of them are left for long', async () => {
    const sites = await sitesOf(4, '花都区政府网站集群')
    await miss(sites)
    await recover(sites.slice(1))
    await maintainIncidents(ctx, ctx.clock.now())
    expect(await live('PLATFORM')).toHaveLength(1)
    const facts = await ctx.told(() => maintainIncidents(ctx, ctx.clock.advance(4 * MINUTE)))
    expect(facts.map((fact) => fact.kind)).toEqual(['alert.resolved', 'alert.grouped'])
    expect(await live('PLATFORM')).toEqual([])
    expect(await live('DOWN')).toMatchObject([{ incident_id: null }])
    await recover(sites)
  })

  it('may share an address or, where the certificate is what failed, a certificate', async () => {
    const hosts = await sitesOf(3, null)
    await recordVisits(
      ctx,
      hosts.map((site) => visit(site, undefined, { address: '203.0.113.9' })),
    )
    await miss(hosts, 'refused', { address: null })
    expect(await live('PLATFORM')).toMatchObject([
      { evidence: { kind: 'address', key: '203.0.113.9', sites: 3, cause: 'refused' } },
    ])
    await recover(hosts)
    const certified = await sitesOf(3, '增城区政务信息中心')
    await miss(certified, 'tls_expired', { certificate: 'AB:CD', certDaysLeft: -1 })
    expect(await live('PLATFORM')).toMatchObject([
      { evidence: { kind: 'certificate', key: 'AB:CD', sites: 3 } },
    ])
    await recover(certified)
  })

  it('do not come back as new alarms when the incident was resolved by hand and nothing more happens', async () => {
    const sites = await sitesOf(4, '南沙区政府网站集群')
    await miss(sites.slice(0, 3))
    await ctx.db
      .updateTable('alert')
      .set({ status: 'resolved', resolved_at: new Date(ctx.clock.now()) })
      .where('rule', '=', 'PLATFORM')
      .where('status', '<>', 'resolved')
      .execute()
    await maintainIncidents(ctx, ctx.clock.advance(MINUTE))
    expect(await live('PLATFORM')).toEqual([])
    const alone = async () => (await listLiveAlerts(ctx.db)).filter((alert) => alert.alone)
    expect(await alone(), 'each is to be taken on by itself').toHaveLength(3)
    const facts = await ctx.told(() => miss(sites.slice(3)))
    expect(await live('PLATFORM'), 'but it does with a further site').toMatchObject([
      { recurrences: 1, evidence: { sites: 4, down: 4 } },
    ])
    const alerts = facts.flatMap((fact) => ('alert' in fact.data ? [fact.data.alert] : []))
    const down = [...new Map(alerts.map((one) => [one.id, one])).values()].filter(
      ({ rule }) => rule === 'DOWN',
    )
    expect([down.length, down.filter((one) => one.alone), await alone()], 'and speaks for all').toEqual([
      4,
      [],
      [],
    ])
  })

  it('come back after the incident was resolved by hand when as many fall again as make one, not when one comes and goes', async () => {
    const sites = await sitesOf(8, '从化区政府网站集群')
    await miss(sites)
    await ctx.db
      .updateTable('alert')
      .set({ status: 'resolved', resolved_at: new Date(ctx.clock.now()) })
      .where(
        'id',
        'in',
        (await live('PLATFORM')).filter(({ evidence }) => evidence.sites === 8).map(({ id }) => id),
      )
      .execute()
    const back = async () => (await live('PLATFORM')).filter(({ evidence }) => evidence.sites === 8)
    await recover(sites.slice(4))
    await miss(sites.slice(4, 5))
    expect(await back(), 'one that comes and goes').toEqual([])
    await miss(sites.slice(5))
    expect(await back()).toMatchObject([{ recurrences: 1, evidence: { sites: 8, down: 8 } }])
    await recover(sites)
  })

  it('are one incident still when the monitors were away, and nobody is told that it was over', async () => {
    const sites = await sitesOf(3, '黄埔区政府网站集群')
    await miss(sites)
    const platform = async () =>
      (await live('PLATFORM')).filter(({ evidence }) => evidence.key === '黄埔区政府网站集群')
    const [before] = await platform()
    ctx.clock.advance(HOUR)
    await markStalled(ctx, ctx.clock.now())
    const facts = await ctx.told(() => miss(sites))
    expect(facts.map(({ kind }) => kind).filter((kind) => kind.startsWith('alert.'))).toEqual([])
    expect(await platform()).toEqual([before])
    await recover(sites)
    expect(await platform()).toEqual([])
  })

  it('cost as many statements when many fall at once as when few do', async () => {
    const cost = async (sites: readonly MadeSite[]) => {
      let statements = 0
      const counting: KyselyPlugin = {
        transformQuery({ node }) {
          statements += 1
          return node
        },
        transformResult: async ({ result }) => result,
      }
      await miss(sites, 'timeout', {}, { ...ctx, db: ctx.db.withPlugin(counting) })
      return statements
    }
    const few = await cost(await sitesOf(5, '西城云'))
    expect(await cost(await sitesOf(40, '南城云'))).toBe(few)
  })
})
