import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { readiness } from '../../server/app/readiness.ts'
import { startWatchdog } from '../../server/app/watchdog.ts'
import { type Clock, systemClock } from '../../server/base/clock.ts'
import { parseConfig } from '../../server/base/config.ts'
import type { Context } from '../../server/base/context.ts'
import { agreedTime } from '../../server/base/db/line/agreed-time.ts'
import { placesHeard, sayThere } from '../../server/monitor/vantages/queries.ts'
import { partitionDays, utcDay } from '../../server/monitor/visit-store/partitions.ts'
import { startPackWorker } from '../../server/monitor/visit-store/worker.ts'
import { goBy, settingsInForce } from '../../server/people/settings/settings.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../shared/base/time.ts'
import { DEFAULT_SETTINGS } from '../../shared/people/settings/settings.ts'
import { handTimers, machineAhead } from '../support/clock.ts'
import { testContext } from '../support/context.ts'
import { databaseKind, type FreshDatabase, freshDatabase } from '../support/database.ts'
import { type MadeSite, makeAlert, makeSite } from '../support/make.ts'
import { addVisits } from '../support/visits/visits.ts'

/* By whose clock something is done for all, and by whose it is not. */

const OVERDUE_MS = HOUR

let fresh: FreshDatabase
let site: MadeSite
beforeAll(async () => {
  fresh = await freshDatabase()
})
beforeEach(async () => {
  await sql`truncate alert cascade`.execute(fresh.db)
  await fresh.db.updateTable('site').set({ pause_reason: 'done' }).execute()
  const now = new Date(systemClock.now())
  site = await makeSite(fresh.db, { interval_s: 300 }, { next_visit_at: now }, now)
})
afterAll(() => fresh.drop())

const by = (clock: Clock): Context => ({ ...testContext(fresh), clock })

/** One look of the watchdog. */
async function look(ctx: Context): Promise<void> {
  const timers = handTimers()
  const watchdog = startWatchdog(ctx, timers)
  timers.pass()
  await watchdog.stop()
}
const standing = () =>
  fresh.db
    .selectFrom('site_state')
    .select(['availability', 'cause'])
    .where('site_id', '=', site.id)
    .executeTakeFirstOrThrow()
const rules = async () =>
  (await fresh.db.selectFrom('alert').select('rule').execute()).map(({ rule }) => rule)
const isOverdue = () =>
  fresh.db
    .updateTable('site_state')
    .set({ next_visit_at: new Date(systemClock.now() - OVERDUE_MS) })
    .where('site_id', '=', site.id)
    .execute()
/** Whether visits of so many days ago are kept. */
async function isKept(daysAgo: number): Promise<boolean> {
  const day = utcDay(systemClock.now() - daysAgo * DAY)
  const days = [await partitionDays(fresh.db, 'visit'), await partitionDays(fresh.db, 'packed_visit')]
  return days.flat().includes(day)
}

it('a machine whose clock is twenty minutes ahead calls no site unknown, but where monitoring has stopped', async () => {
  await look(by(machineAhead(20 * MINUTE)))
  expect(await standing()).toEqual({ availability: 'up', cause: null })
  expect(await rules()).toEqual([])
  await isOverdue()
  await look(by(machineAhead(20 * MINUTE)))
  expect(await standing()).toEqual({ availability: 'unknown', cause: 'stalled' })
  expect(await rules()).toEqual(['STALL'])
})

it('a machine whose clock is behind tells that monitoring has stopped, too, and not that it goes on', async () => {
  const status = async () =>
    (await fresh.db.selectFrom('alert').select('status').execute()).map((one) => one.status)
  await isOverdue()
  await look(by(machineAhead(-20 * MINUTE)))
  expect(await rules()).toEqual(['STALL'])
  await fresh.db
    .updateTable('site_state')
    .set({ next_visit_at: new Date(systemClock.now()), waiting_since: null })
    .execute()
  await look(by(machineAhead(-20 * MINUTE)))
  expect(await status()).toEqual(['open'])
  await look(by(machineAhead(0)))
  expect(await status()).toEqual(['resolved'])
})

it('a machine whose clock is months ahead drops no visits and forgets no place, neither hourly nor when it packs', async () => {
  const now = systemClock.now()
  await addVisits(
    fresh.db,
    site.id,
    [100, 40, 1].map((days) => ({ at: now - days * DAY })),
  )
  await sayThere(fresh.db, { name: '上海', region: null, demo: false }, new Date(now - 20 * DAY))
  await sayThere(fresh.db, { name: '拉萨', region: null, demo: false }, new Date(now - 31 * DAY))
  const wrong = by(machineAhead(60 * DAY))
  await look(wrong)
  let pack: () => Promise<void> = async () => {}
  const jobs = {
    async work(_queue: string, _atOnce: number, handle: (data: never) => Promise<void>) {
      pack = () => handle({} as never)
    },
    ...{ send: async () => {}, every: async () => {}, stop: async () => {} },
  }
  await startPackWorker(wrong, jobs)
  await pack()
  expect([await isKept(100), await isKept(40), (await placesHeard(fresh.db)).length]).toEqual([true, true, 2])
  await look(by(machineAhead(0)))
  expect([await isKept(100), await isKept(40)], 'what is really too old goes').toEqual([false, true])
  expect((await placesHeard(fresh.db)).map(({ name }) => name)).toEqual(['上海'])
})

it.runIf(databaseKind === 'postgres')(
  'while somebody reads visits for long, what else is kept for some time only goes all the same',
  async () => {
    await addVisits(fresh.db, site.id, [{ at: systemClock.now() - 100 * DAY }])
    await sayThere(
      fresh.db,
      { name: '拉萨', region: null, demo: false },
      new Date(systemClock.now() - 31 * DAY),
    )
    await fresh.db.transaction().execute(async (tx) => {
      await sql`lock table only visit in access share mode`.execute(tx)
      await look(by(machineAhead(0)))
    })
    expect(await isKept(100)).toBe(true)
    expect((await placesHeard(fresh.db)).map(({ name }) => name)).not.toContain('拉萨')
    await look(by(machineAhead(0)))
    expect(await isKept(100), 'within the hour the next look drops them').toBe(false)
  },
)

it('a renderer, and a monitor that looks from another place, follow what is set and do nothing for all', async () => {
  await isOverdue()
  const url = { DATABASE_URL: 'postgres://db/siteward', READER_THREADS: '0', RENDER: 'off' }
  const others = [
    parseConfig({ ...url, VANTAGE: '电信' }, ['--role', 'monitor']),
    parseConfig(url, ['--role', 'render']),
  ]
  try {
    for (const [index, config] of others.entries()) {
      const version = index + 1
      const timeZone = ['Asia/Urumqi', 'Asia/Tokyo'][index] ?? ''
      const value = JSON.stringify({ version, calendarChanges: 0, settings: { timeZone } })
      await fresh.db
        .insertInto('setting')
        .values({ key: 'settings', value })
        .onConflict((on) => on.column('key').doUpdateSet({ value }))
        .execute()
      await look({ ...by(machineAhead(0)), config })
      expect(settingsInForce().timeZone).toBe(timeZone)
    }
  } finally {
    goBy({ version: 0, settings: DEFAULT_SETTINGS })
  }
  expect(await standing()).toMatchObject({ availability: 'up' })
  expect(await rules()).toEqual([])
})

it('two clocks agree on the earlier of both, and a process says by how much its own is wrong', async () => {
  const before = systemClock.now()
  const agreed = await agreedTime(by(machineAhead(20 * SECOND)))
  expect(agreed).toBeGreaterThanOrEqual(before)
  expect(agreed).toBeLessThan(before + 19 * SECOND)
  const said = async (ms: number) =>
    (await readiness(by(machineAhead(ms)), fresh.connection, null, null)).checks
  expect(await said(0)).toMatchObject({ clock: 'ok' })
  expect((await said(20 * MINUTE)).clock).toMatch(/^ahead of the database's by 1(199|200) s$/)
  expect((await said(-20 * MINUTE)).clock).toMatch(/^behind the database's by 1(199|200) s$/)
})

it('takes back the times that a clock which was a year ahead has left, and leaves what is only to come', async () => {
  const nowMs = systemClock.now()
  const nextYear = new Date(nowMs + 365 * DAY)
  const soon = new Date(nowMs + 5 * MINUTE)
  await fresh.db
    .updateTable('site_state')
    .set({ last_visit_at: nextYear, finding_at: nextYear, next_visit_at: soon })
    .where('site_id', '=', site.id)
    .execute()
  await look(by(systemClock))
  const state = await fresh.db
    .selectFrom('site_state')
    .select(['last_visit_at', 'finding_at', 'next_visit_at'])
    .where('site_id', '=', site.id)
    .executeTakeFirstOrThrow()
  expect(state.next_visit_at).toEqual(soon)
  for (const at of [state.last_visit_at, state.finding_at])
    expect(Math.abs((at?.getTime() ?? 0) - nowMs)).toBeLessThan(MINUTE)
})

it('brings back the turns that a clock which was a year ahead has given, each to its own place, and leaves a rest of most of an hour', async () => {
  const nowMs = systemClock.now()
  const nextYear = new Date(nowMs + 365 * DAY)
  const resting = await makeSite(fresh.db, {}, { next_visit_at: new Date(nowMs + 59 * MINUTE) })
  const ahead = { next_visit_at: nextYear, waiting_since: nextYear }
  const others = [await makeSite(fresh.db, {}, ahead), await makeSite(fresh.db, {}, ahead)]
  await fresh.db.updateTable('site_state').set(ahead).where('site_id', '=', site.id).execute()
  await look(by(systemClock))
  const stateOf = ({ id }: MadeSite) =>
    fresh.db
      .selectFrom('site_state')
      .select(['next_visit_at', 'waiting_since'])
      .where('site_id', '=', id)
      .executeTakeFirstOrThrow()
  const turns = new Set<number>()
  for (const one of [site, ...others]) {
    const { next_visit_at, waiting_since } = await stateOf(one)
    turns.add(next_visit_at.getTime())
    expect(next_visit_at.getTime()).toBeGreaterThanOrEqual(nowMs - MINUTE)
    expect(next_visit_at.getTime()).toBeLessThan(nowMs + 6 * MINUTE)
    expect(Math.abs((waiting_since?.getTime() ?? 0) - nowMs), 'that nothing came of it is told').toBeLessThan(
      MINUTE,
    )
  }
  expect(turns.size, 'each at its own place').toBe(3)
  expect((await stateOf(resting)).next_visit_at).toEqual(new Date(nowMs + 59 * MINUTE))
})

it('ends the alert of a line that was doubted by a monitor which is gone', async () => {
  await makeAlert(fresh.db, { site: null, rule: 'LINE', severity: 'critical' })
  const said = (ago: string) =>
    sql`insert into line_doubt (monitor, said_at) values (${ago}, now() - ${ago}::interval)`.execute(fresh.db)
  const status = async () =>
    (await fresh.db.selectFrom('alert').select('status').execute()).map((one) => one.status)
  await said('2 minutes')
  await said('20 seconds')
  await look(by(systemClock))
  expect(await status(), 'another is there, and doubts').toEqual(['open'])
  await sql`update line_doubt set said_at = said_at - interval '1 minute'`.execute(fresh.db)
  await look(by(systemClock))
  expect(await status()).toEqual(['resolved'])
})

it('takes nothing back by a clock that is not the database’s', async () => {
  const ahead = new Date(systemClock.now() + 2 * MINUTE)
  await fresh.db.updateTable('site_state').set({ finding_at: ahead }).where('site_id', '=', site.id).execute()
  await look(by(machineAhead(-10 * MINUTE)))
  const { finding_at } = await fresh.db
    .selectFrom('site_state')
    .select('finding_at')
    .where('site_id', '=', site.id)
    .executeTakeFirstOrThrow()
  expect(finding_at).toEqual(ahead)
})
