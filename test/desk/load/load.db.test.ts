import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appendFacts } from '../../../server/base/facts/append.ts'
import { followAlerts } from '../../../server/desk/alerts/follow.ts'
import { alertLoadOf, alertRateOf } from '../../../server/desk/load/service.ts'
import { DAY, HOUR, MINUTE } from '../../../shared/base/time.ts'
import type { Severity } from '../../../shared/desk/alerts/alerts.ts'
import type { Scope } from '../../../shared/people/rights/rights.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let flapping: number
let nightly: number
let elsewhere: number
const CITY: Scope = { kind: 'city' }
/** Midnight of the installation's day, after three days of alarms. */
let now: number

const change = (siteId: number, wanted: Severity | null, at: number) =>
  fresh.db.transaction().execute(async (tx) => {
    const facts = await followAlerts(
      tx,
      [{ siteId, rule: 'DOWN', wanted, evidence: { cause: 'timeout' } }],
      at,
    )
    await appendFacts(tx, facts)
  })
/** Down from an instant for some minutes. */
async function down(siteId: number, at: number, minutes: number): Promise<void> {
  await change(siteId, 'major', at)
  await change(siteId, null, at + minutes * MINUTE)
}

beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
  const site = async (district: string) => (await makeSite(fresh.db, { district })).id
  ;[flapping, nightly, elsewhere] = [await site('440106'), await site('440106'), await site('440105')]
  now = Math.ceil(ctx.clock.now() / DAY) * DAY - 8 * HOUR + 4 * DAY
  for (let i = 0; i < 6; i++) await down(flapping, now - 2 * DAY + i * 100 * MINUTE, 3)
  for (let day = 1; day <= 4; day++) await down(nightly, now - day * DAY + 3 * HOUR, 40)
  await down(elsewhere, now - 5 * HOUR, 30)
  await fresh.db
    .insertInto('duty_shift')
    .values({
      district: null,
      user_id: people.duty.id,
      starts_at: new Date(now - 7 * DAY),
      ends_at: new Date(now + DAY),
    })
    .execute()
})
afterAll(() => fresh.drop())

describe('the load of alarms', () => {
  it('counts an alert each time that it comes, for the one person on duty', async () => {
    const load = await alertLoadOf(fresh.db, CITY, 7, now)
    expect(load).toMatchObject({ alarms: 11, folded: 0, unstaffed: 0, tens: 1008 })
    expect(load.rate).toBeCloseTo(11 / 1008, 4)
    expect(load.bySeverity).toEqual({ critical: 0, major: 11, minor: 0 })
    expect(load.peak).toMatchObject({ alarms: 1, people: 1 })
  })

  it('names the noisiest sites, and why: one comes and goes, one is restarted each night', async () => {
    const { sites } = await alertLoadOf(fresh.db, CITY, 7, now)
    expect(sites.map(({ siteId, alarms, cause }) => [siteId, alarms, cause])).toEqual([
      [flapping, 6, 'flapping'],
      [nightly, 4, 'planned'],
      [elsewhere, 1, 'plain'],
    ])
    expect(sites[1]).toMatchObject({ hour: 3, rule: 'DOWN' })
  })

  it('leaves out what lies before the span', async () => {
    expect((await alertLoadOf(fresh.db, CITY, 1, now)).alarms).toBe(2)
  })

  it('in a line says the same of the last day, and of a district its own', async () => {
    for (const scope of [CITY, { kind: 'district', district: '440105' } as const]) {
      const { rate, inFlood } = await alertLoadOf(fresh.db, scope, 1, now)
      expect(await alertRateOf(fresh.db, scope, now)).toEqual({ rate, inFlood })
    }
  })

  it('of a district is of its own sites, and of its own desk', async () => {
    const load = await alertLoadOf(fresh.db, { kind: 'district', district: '440105' }, 7, now)
    expect(load).toMatchObject({ alarms: 1, unstaffed: 1008 })
    expect(load.sites.map(({ siteId }) => siteId)).toEqual([elsewhere])
  })

  it('does not count what stands behind the one alert of a shared failure, for who hears that one', async () => {
    const { id } = await fresh.db
      .insertInto('incident')
      .values({
        kind: 'platform',
        key: '天河云',
        opened_at: new Date(now - 5 * HOUR),
        changed_at: new Date(now),
        resolved_at: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await fresh.db.updateTable('alert').set({ incident_id: id }).where('site_id', '=', elsewhere).execute()
    expect(await alertLoadOf(fresh.db, CITY, 7, now)).toMatchObject({ alarms: 10, folded: 1 })
    const own = await alertLoadOf(fresh.db, { kind: 'district', district: '440105' }, 7, now)
    expect(own).toMatchObject({ alarms: 1, folded: 0 })
  })

  it('says how many stand untaken for over a day', async () => {
    await change(elsewhere, 'major', now - 26 * HOUR)
    expect((await alertLoadOf(fresh.db, CITY, 7, now)).standing).toBe(1)
    expect((await alertLoadOf(fresh.db, CITY, 7, now - 3 * HOUR)).standing).toBe(0)
  })
})
