import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appendFacts } from '../../../server/base/facts/append.ts'
import { followAlerts, followCityAlert, type SiteChange } from '../../../server/desk/alerts/follow.ts'
import { listLiveAlerts } from '../../../server/desk/alerts/queries.ts'
import { commandAlert } from '../../../server/desk/alerts/service.ts'
import type { Fact } from '../../../shared/base/facts.ts'
import { DAY, HOUR, MINUTE } from '../../../shared/base/time.ts'
import type { Severity } from '../../../shared/desk/alerts/alerts.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
})
afterAll(() => fresh.drop())

/** What the record step does, as far as alerts go. */
const follow = (...changes: SiteChange[]): Promise<Fact[]> =>
  ctx.told(() =>
    ctx.db.transaction().execute(async (tx) => {
      await appendFacts(tx, await followAlerts(tx, changes, ctx.clock.now()))
    }),
  )
const wants = (
  siteId: number,
  wanted: Severity | null,
  evidence: SiteChange['evidence'] = { cause: 'timeout' },
): SiteChange => ({ siteId, rule: 'DOWN', wanted, evidence })

const kinds = (facts: Fact[]) => facts.map((fact) => fact.kind)
function alertOf(fact: Fact | undefined) {
  if (!fact || !('alert' in fact.data)) throw new Error('no fact about an alert')
  return fact.data.alert
}

test('an outage from the first miss to its return within the day', async () => {
  const site = await makeSite(ctx.db, { name: '天河区政府门户网站' })

  const opened = await follow(wants(site.id, 'major'))
  expect(kinds(opened), 'a confirmed failure opens an alert').toEqual(['alert.opened'])
  const alert = alertOf(opened[0])
  expect(alert).toMatchObject({
    siteName: '天河区政府门户网站',
    district: '440106',
    status: 'open',
    severity: 'major',
    evidence: { cause: 'timeout' },
    version: 1,
  })
  expect(opened[0], 'the monitor did it').toMatchObject({ actor: null, siteId: site.id, district: '440106' })

  expect(await follow(wants(site.id, 'major')), 'one more miss is no news').toEqual([])

  ctx.clock.advance(10 * MINUTE)
  await commandAlert(
    ctx,
    people.duty,
    { id: alert.id, version: 1 },
    { action: 'acknowledge', note: '已电话联系' },
  )
  ctx.clock.advance(DAY)
  const raised = await follow(wants(site.id, 'critical'))
  expect(kinds(raised), 'a day down is worse than down').toEqual(['alert.raised'])
  expect(alertOf(raised[0]), 'so the acknowledgement of the lesser evil is void').toMatchObject({
    status: 'open',
    severity: 'critical',
    acknowledgedBy: null,
    acknowledgedUntil: null,
    note: null,
    version: 3,
  })

  ctx.clock.advance(HOUR)
  const resolved = await follow(wants(site.id, null))
  expect(kinds(resolved), 'two good visits end it').toEqual(['alert.resolved'])
  expect(alertOf(resolved[0]), 'nobody closed it but the monitor').toMatchObject({
    status: 'resolved',
    resolvedBy: null,
  })
  expect(await listLiveAlerts(ctx.db)).toEqual([])

  ctx.clock.advance(23 * HOUR)
  const back = await follow(wants(site.id, 'major', { cause: 'http_5xx', status: 502 }))
  expect(kinds(back), 'the same thing again within a day').toEqual(['alert.reopened'])
  expect(alertOf(back[0]), 'is the same alert, counted').toMatchObject({
    id: alert.id,
    recurrences: 1,
    severity: 'major',
    resolvedAt: null,
    openedAt: new Date(ctx.clock.now()).toISOString(),
    evidence: { cause: 'http_5xx', status: 502 },
  })

  await follow(wants(site.id, null))
  ctx.clock.advance(DAY)
  const later = await follow(wants(site.id, 'major'))
  expect(kinds(later), 'a day later it is another outage').toEqual(['alert.opened'])
  expect(alertOf(later[0]).id).not.toBe(alert.id)
})

test('a lesser severity leaves the acknowledgement alone', async () => {
  const site = await makeSite(ctx.db)
  const v1 = (wanted: Severity, share: number): SiteChange => ({
    siteId: site.id,
    rule: 'V1',
    wanted,
    evidence: { share },
  })
  const alert = alertOf((await follow(v1('critical', 6.1)))[0])
  await commandAlert(ctx, people.duty, alert, { action: 'acknowledge' })

  const eased = await follow(v1('minor', 4.2))
  expect(kinds(eased)).toEqual(['alert.eased'])
  expect(alertOf(eased[0])).toMatchObject({
    status: 'acknowledged',
    severity: 'minor',
    evidence: { share: 4.2 },
  })
})

test('what a person closed comes back at the next visit if the monitor still sees it', async () => {
  const site = await makeSite(ctx.db)
  const alert = alertOf((await follow(wants(site.id, 'major')))[0])
  await commandAlert(ctx, people.duty, alert, { action: 'resolve', note: '误报' })

  const back = await follow(wants(site.id, 'major'))
  expect(kinds(back)).toEqual(['alert.reopened'])
  expect(alertOf(back[0])).toMatchObject({ id: alert.id, recurrences: 1, resolvedBy: null })
})

test('many sites at once: facts in the order asked, and nothing for those that are as they should be', async () => {
  const sites = await Promise.all(Array.from({ length: 5 }, () => makeSite(ctx.db)))
  const [a, b, c, d, e] = sites.map((site) => site.id) as [number, number, number, number, number]
  await follow(wants(b, 'major'), wants(c, 'critical'), wants(d, 'major'))

  const facts = await follow(
    wants(d, null),
    wants(a, 'major'),
    wants(b, 'critical'),
    wants(c, 'major'),
    wants(e, null),
  )
  expect(facts.map((fact) => [fact.siteId, fact.kind])).toEqual([
    [d, 'alert.resolved'],
    [a, 'alert.opened'],
    [b, 'alert.raised'],
    [c, 'alert.eased'],
  ])
})

test('two monitors that see the same outage at once open one alert', async () => {
  const site = await makeSite(ctx.db)
  const facts = await ctx.told(() =>
    Promise.all([follow(wants(site.id, 'major')), follow(wants(site.id, 'major'))]),
  )
  expect(kinds(facts)).toEqual(['alert.opened'])
})

test('a visit that changes nothing locks nothing and costs one statement', async () => {
  const site = await makeSite(ctx.db)
  await follow(wants(site.id, 'major'))
  await ctx.db.transaction().execute(async (tx) => {
    await followAlerts(tx, [wants(site.id, 'major')], ctx.clock.now())
    const { rows } = await sql<{
      wrote: boolean
    }>`select pg_current_xact_id_if_assigned() is not null as wrote`.execute(tx)
    expect(rows).toEqual([{ wrote: false }])
  })
})

test("the monitor's own line: one alert for the city, not one for each site", async () => {
  const line = (wanted: Severity | null) =>
    ctx.told(() =>
      ctx.db.transaction().execute(async (tx) => {
        await appendFacts(tx, await followCityAlert(tx, 'LINE', wanted, { sites: 412 }, ctx.clock.now()))
      }),
    )
  const opened = await line('critical')
  expect(kinds(opened)).toEqual(['alert.opened'])
  expect(opened[0]).toMatchObject({ siteId: null, district: null })
  expect(alertOf(opened[0])).toMatchObject({ rule: 'LINE', siteName: null, evidence: { sites: 412 } })
  expect(await line('critical')).toEqual([])
  expect(kinds(await line(null))).toEqual(['alert.resolved'])
  expect(kinds(await line('critical'))).toEqual(['alert.reopened'])
})
