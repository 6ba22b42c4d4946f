import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { siteHistory } from '../../../server/monitor/standing/history.ts'
import { packDueMs } from '../../../server/monitor/visit-store/ages.ts'
import type { HourSums, StoredVisit } from '../../../server/monitor/visit-store/pack.ts'
import { lateDays, packStep } from '../../../server/monitor/visit-store/packing.ts'
import {
  dropOldVisits,
  forgetPartitions,
  partitionDays,
  partitionOf,
  utcDay,
} from '../../../server/monitor/visit-store/partitions.ts'
import { hoursBetween, visitsBetween } from '../../../server/monitor/visit-store/queries.ts'
import { clearBlame } from '../../../server/recording/doubt.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/base/time.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'
import { addVisits, spaced } from '../../support/visits/visits.ts'

/** A UTC day, and the moments at which its visits and its hours come due. */
const START = Date.parse('2026-02-10T00:00:00Z')
const VISITS_DUE = packDueMs('visit', utcDay(START))
const DUE = packDueMs('visit_hour', utcDay(START))

let fresh: FreshDatabase
let ctx: TestContext
const siteIds: number[] = []

beforeAll(async () => {
  fresh = await freshDatabase()
  for (let n = 0; n < 20; n++) siteIds.push((await makeSite(fresh.db)).id)
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  ctx = testContext(fresh)
  ctx.clock.set(DUE)
  for (const table of ['visit', 'visit_hour', 'packed_visit'] as const) {
    for (const day of await partitionDays(fresh.db, table)) {
      await sql`drop table ${sql.table(partitionOf(table, day))}`.execute(fresh.db)
    }
  }
  forgetPartitions(fresh.db)
  await sql`truncate visit_day, packed_hour, pack_draft`.execute(fresh.db)
})

const first = () => siteIds[0] ?? 0
const all = () => visitsBetween(ctx.db, siteIds, 0, DUE)
const plainDays = () => partitionDays(ctx.db, 'visit')
const plainHours = () => partitionDays(ctx.db, 'visit_hour')
const packedDays = () => partitionDays(ctx.db, 'packed_visit')
const history = (fromMs: number, toMs: number) => siteHistory(ctx.db, first(), fromMs, toMs)

/** The hours that begin until the day comes due, their sums to a tenth of a millisecond. */
async function hours(): Promise<Map<number, HourSums[]>> {
  const found = await hoursBetween(ctx.db, siteIds, 0, DUE)
  const rounded = (sums: HourSums) => ({ ...sums, okMsSum: Math.round(sums.okMsSum * 10) / 10 })
  return new Map([...found].map(([id, all]) => [id, all.map(rounded)]))
}

/** @returns how many steps it took. */
async function packAll(): Promise<number> {
  for (let steps = 0; ; steps++) if (!(await packStep(ctx))) return steps
}

/** Visits of all sorts to every site in the middle of the day, and good ones the day before and after. */
async function visitAll(): Promise<void> {
  for (const [n, id] of siteIds.entries()) {
    await addVisits(ctx.db, id, [
      ...spaced(START - MINUTE, HOUR, 3),
      { at: START + n, total_ms: 0.1, dns_ms: null, tls_ms: 12.3 },
      { at: START + HOUR, outcome: 1, cause: 'timeout', status: null, total_ms: 15_000, bytes: 0 },
      { at: START + HOUR + 5 * SECOND, outcome: 1, cause: 'timeout', status: null, extra: true },
      { at: START + 2 * HOUR, outcome: 2, cause: 'blocked_captcha', excluded: true },
      { at: START + DAY - 1, status: 304, bytes: 2 ** 31 - 1 },
      { at: START + DAY, total_ms: 77.7 },
    ])
  }
}

describe('a day that is over for long', () => {
  it('is packed with every visit and every hour as it was, and its plain partitions are gone', async () => {
    await visitAll()
    const [visits, sums] = [await all(), await hours()]
    ctx.clock.set(VISITS_DUE - 1)
    await packAll()
    expect(await packedDays(), 'not a moment too soon').toEqual([utcDay(START - DAY)])
    ctx.clock.set(VISITS_DUE)
    await packAll()
    expect(await packedDays()).toEqual([utcDay(START - DAY), utcDay(START)])
    expect(await plainHours(), 'V1 needs them for longer').toHaveLength(3)
    expect(await all()).toEqual(visits)
    ctx.clock.set(DUE - 1)
    await packAll()
    expect(await plainHours()).toEqual([utcDay(START), utcDay(START + DAY)])
    ctx.clock.set(DUE)
    await packAll()
    expect(await plainHours()).toEqual([utcDay(START + DAY)])
    expect(await plainDays()).toEqual([])
    expect(await packedDays()).toEqual([utcDay(START - DAY), utcDay(START), utcDay(START + DAY)])
    expect(await all()).toEqual(visits)
    expect(await hours()).toEqual(sums)
    expect(await packStep(ctx), 'and once is enough').toBe(false)
  })

  it('leaves nothing behind when nobody was visited on it', async () => {
    await addVisits(ctx.db, first(), [{ at: START }])
    await sql`delete from visit`.execute(ctx.db)
    await sql`delete from visit_hour`.execute(ctx.db)
    await packAll()
    expect(await plainDays()).toEqual([])
    expect(await all()).toEqual(new Map())
  })

  it('keeps what did not count in a doubt of the line', async () => {
    await addVisits(ctx.db, first(), [{ at: START + HOUR, outcome: 1, cause: 'reset' }])
    await ctx.db
      .updateTable('site_state')
      .set({ last_visit_at: new Date(START + HOUR), availability: 'suspect', since: new Date(START + HOUR) })
      .where('site_id', '=', first())
      .execute()
    await clearBlame(ctx, START, [{ siteId: first(), atMs: START + HOUR }])
    await packAll()
    const [visit] = (await all()).get(first()) as [StoredVisit]
    expect(visit).toMatchObject({ outcome: 1, cause: 'reset', excluded: true })
    expect((await hours()).get(first())).toMatchObject([{ total: 0, failed: 0, excluded: 1 }])
  })
})

describe('a packing that is interrupted', () => {
  it('goes on where it was, and meanwhile every visit is seen once', async () => {
    await visitAll()
    const [visits, sums] = [await all(), await hours()]
    for (let step = 0; step < 5; step++) {
      expect(await packStep(ctx)).toBe(true)
      expect(await all()).toEqual(visits)
      expect(await hours()).toEqual(sums)
    }
    // As another process begins.
    ctx = testContext(fresh)
    ctx.clock.set(DUE)
    await packAll()
    expect(await all()).toEqual(visits)
    expect(await hours()).toEqual(sums)
  })

  it('has changed nothing when the power fails as the plain day is being dropped', async () => {
    await visitAll()
    const visits = await all()
    // Something that depends on the partition keeps it from being dropped: the last step of the transaction fails.
    await sql`create view witness as select * from visit_20260210`.execute(ctx.db)
    await expect(packAll()).rejects.toThrow(/depend/)
    expect(await plainDays()).toContain(utcDay(START))
    expect(await all()).toEqual(visits)
    await sql`drop view witness`.execute(ctx.db)
    await packAll()
    expect(await plainDays()).not.toContain(utcDay(START))
    expect(await all()).toEqual(visits)
  })

  it('may be done by several processes at once', async () => {
    await visitAll()
    const visits = await all()
    await Promise.all([packAll(), packAll(), packAll()])
    expect(await packedDays()).toEqual([utcDay(START - DAY), utcDay(START), utcDay(START + DAY)])
    expect(await all()).toEqual(visits)
  })
})

describe('visits that come late', () => {
  it('are packed with those of their day when it is being packed', async () => {
    await addVisits(ctx.db, first(), [{ at: START }])
    expect(await packStep(ctx)).toBe(true)
    await addVisits(ctx.db, first(), [{ at: START + MINUTE, outcome: 1 }])
    await packAll()
    expect((await all()).get(first())).toHaveLength(2)
    expect((await hours()).get(first())).toMatchObject([{ total: 2, failed: 1 }])
    expect(await plainDays()).toEqual([])
  })

  it('are added to those of a packed day', async () => {
    for (const id of siteIds) await addVisits(ctx.db, id, [{ at: START }])
    await packAll()
    await addVisits(ctx.db, first(), [{ at: START + MINUTE, outcome: 1 }])
    const visits = await all()
    expect(visits.get(first())).toHaveLength(2)
    expect((await history(START, START + HOUR)).points.map(({ total }) => total)).toEqual([1, 1])
    expect((await history(START, START + 3 * DAY)).points).toMatchObject([{ total: 2, failed: 1 }])
    await packAll()
    expect(await plainDays()).toEqual([])
    expect(await all()).toEqual(visits)
    expect((await hours()).get(first())).toMatchObject([{ total: 2, failed: 1 }])
  })
})

describe('a chart', () => {
  it('shows the same across the seam of plain and packed days, at every level', async () => {
    await addVisits(ctx.db, first(), [
      ...spaced(START + DAY + 6 * HOUR, 5 * MINUTE, 24 * 12),
      { at: START + DAY - 1, outcome: 1, cause: 'reset', total_ms: 30 },
    ])
    const charts = () =>
      Promise.all([
        history(START + 12 * HOUR, START + 36 * HOUR),
        history(START - 3 * DAY, START + 4 * DAY),
        history(START - 80 * DAY, START + 10 * DAY),
        history(START - 1_000 * DAY, START + 95 * DAY),
      ])
    const before = await charts()
    expect(before.map(({ level }) => level)).toEqual(['visit', 'hour', 'hour', 'day'])
    ctx.clock.set(VISITS_DUE)
    await packAll()
    expect(await plainDays()).toEqual([utcDay(START + DAY)])
    expect(await charts(), 'as long as hours are plain').toEqual(before)
    ctx.clock.set(DUE)
    await packAll()
    expect(await plainHours()).toEqual([utcDay(START + DAY)])
    const after = await charts()
    expect(after).toEqual(before)
    for (const { points } of after.slice(1)) expect(points.reduce((sum, one) => sum + one.total, 0)).toBe(289)
  })

  it('of 90 days shows an outage of two hours at its time', async () => {
    const outage = START + 5 * HOUR
    const visits = spaced(START + DAY - MINUTE, 5 * MINUTE, 288).map((visit) =>
      visit.at >= outage && visit.at < outage + 2 * HOUR ? { ...visit, outcome: 1, total_ms: 15_000 } : visit,
    )
    await addVisits(ctx.db, first(), visits)
    await packAll()
    const { points, binMs } = await history(START - 60 * DAY, START + 30 * DAY)
    expect(binMs).toBe(3 * HOUR)
    const hit = points.filter((point) => point.failed > 0)
    expect(hit.reduce((sum, { failed }) => sum + failed, 0)).toBe(24)
    expect(Math.abs(Date.parse(hit[0]?.at ?? '') - outage)).toBeLessThan(3 * HOUR)
    expect(hit[0]?.maxMs).toBe(15_000)
  })

  it('says so when what is stored of a day is damaged', async () => {
    await visitAll()
    await packAll()
    await sql`update packed_visit set data = '\\x00' where day = ${utcDay(START)}`.execute(ctx.db)
    await expect(history(START, START + HOUR)).rejects.toThrow(/2026-02-10（UTC）的访问记录已损坏/)
    await expect(history(START - DAY, START - HOUR), 'other days are shown').resolves.toBeTruthy()
  })
})

it('visits are dropped by the day when they are too old, packed or not; hours and days stay', async () => {
  await visitAll()
  ctx.clock.set(VISITS_DUE - DAY)
  await packAll()
  const sums = await hours()
  const nowMs = START + DAY + 90 * DAY
  expect(await dropOldVisits(ctx.db, nowMs, 90)).toEqual(['visit_20260210', 'packed_visit_20260209'])
  expect((await all()).get(first())).toHaveLength(1)
  expect(await hours()).toEqual(sums)
  expect((await history(nowMs - 365 * DAY, nowMs)).points.reduce((sum, { total }) => sum + total, 0)).toBe(7)
})

it('days that nobody packs are told of', async () => {
  await visitAll()
  expect(await lateDays(ctx.db, VISITS_DUE + DAY)).toEqual([])
  expect(await lateDays(ctx.db, VISITS_DUE + 2 * DAY)).toEqual([utcDay(START - DAY)])
  await packAll()
  expect(await lateDays(ctx.db, DUE + DAY)).toEqual([])
  expect(await lateDays(ctx.db, DUE + 3 * DAY + 1), 'hours too').toEqual([utcDay(START + DAY)])
})
