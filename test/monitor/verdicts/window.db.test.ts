import { afterAll, beforeAll, expect, test } from 'vitest'
import { v1Counts } from '../../../server/monitor/verdicts/queries.ts'
import { DAY, HOUR, MINUTE } from '../../../shared/base/time.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'
import { judgeV1 } from '../../support/rules-2015.ts'
import { addVisits, type PastVisit, spaced } from '../../support/visits/visits.ts'

let fresh: FreshDatabase
beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(() => fresh.drop())

/** Not on the hour, so that every block begins within one. */
const NOW = TUESDAY + 23 * MINUTE + 17_250
const failed = { outcome: 1, cause: 'timeout', total_ms: 15_000 }

async function windowOf(visits: PastVisit[], now = NOW) {
  const { id } = await makeSite(fresh.db)
  await addVisits(fresh.db, id, visits)
  const counts = (await v1Counts(fresh.db, [id], now)).get(id)
  if (!counts) throw new Error('no counts')
  return counts
}

test('a week of hourly visits: 168, 24 in each day', async () => {
  expect(await windowOf(spaced(NOW, HOUR, 200))).toEqual({
    total: 168,
    failed: 0,
    excluded: 0,
    perDay: [24, 24, 24, 24, 24, 24, 24],
    failedPerDay: [0, 0, 0, 0, 0, 0, 0],
  })
})

test.each([
  ['8 of 168 failed is a warning', 8, 'warning'],
  ['9 of 168 failed is a veto', 9, 'violated'],
] as const)('%s', async (_, misses, verdict) => {
  const visits = spaced(NOW, HOUR, 168).map((visit, index) =>
    index < misses ? { ...visit, ...failed } : visit,
  )
  const counts = await windowOf(visits)
  expect(counts.failed).toBe(misses)
  expect(judgeV1(counts).verdict).toBe(verdict)
})

test('the window begins after the very millisecond of seven days ago', async () => {
  const start = NOW - 7 * DAY
  const visits = [start - 1, start, start + 1, NOW].map((at) => ({ at }))
  expect(await windowOf(visits)).toMatchObject({ total: 2, perDay: [1, 0, 0, 0, 0, 0, 1] })
})

test('a block begins in the middle of an hour: each visit of that hour counts on its own side', async () => {
  const edge = NOW - 3 * DAY
  const visits = [edge - MINUTE, edge, edge + 1, edge + MINUTE].map((at) => ({ at }))
  expect((await windowOf(visits)).perDay).toEqual([0, 0, 2, 2, 0, 0, 0])
})

test('a window that ends on the hour is cut there', async () => {
  const now = TUESDAY
  const visits = [now - DAY - 1, now - DAY, now - DAY + 1].map((at) => ({ at }))
  expect((await windowOf(visits, now)).perDay).toEqual([1, 2, 0, 0, 0, 0, 0])
})

test('a day with 19 visits says nothing, however good the others', async () => {
  const thinDay = NOW - 3.5 * DAY
  const visits = spaced(NOW, HOUR, 168).filter(
    ({ at }) => at <= thinDay - 3 * HOUR || at > thinDay + 2 * HOUR,
  )
  const counts = await windowOf(visits)
  expect(Math.min(...counts.perDay)).toBe(19)
  expect(judgeV1(counts).verdict).toBe('insufficient')
})

test('confirmations and visits by request count nowhere, excluded ones apart', async () => {
  const visits: PastVisit[] = [
    { at: NOW - HOUR },
    { at: NOW - HOUR + 1, ...failed, extra: true },
    { at: NOW - 2 * DAY + 1, ...failed, extra: true },
    { at: NOW - 5 * HOUR, outcome: 2, cause: 'blocked_firewall', excluded: true },
    { at: NOW - 2 * DAY + 2, ...failed, excluded: true },
  ]
  expect(await windowOf(visits)).toMatchObject({
    total: 1,
    failed: 0,
    excluded: 2,
    perDay: [1, 0, 0, 0, 0, 0, 0],
  })
})

test('sums and raw visits agree with a plain count, for many sites at once', async () => {
  const sites = await Promise.all(Array.from({ length: 3 }, () => makeSite(fresh.db)))
  let seed = 7
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647
    return seed / 2_147_483_647
  }
  const plain = new Map<number, number[]>()
  for (const { id } of sites) {
    const visits = Array.from({ length: 900 }, () => ({ at: Math.floor(NOW - random() * 8 * DAY) }))
    await addVisits(fresh.db, id, visits)
    const perDay = Array.from(
      { length: 7 },
      (_, block) => visits.filter(({ at }) => Math.floor((NOW - at) / DAY) === block).length,
    )
    plain.set(id, perDay)
  }
  const counts = await v1Counts(
    fresh.db,
    sites.map((site) => site.id),
    NOW,
  )
  for (const { id } of sites) expect(counts.get(id)?.perDay).toEqual(plain.get(id))
})

test('a site that was never visited has zeros, and nobody asks for none', async () => {
  const { id } = await makeSite(fresh.db)
  expect((await v1Counts(fresh.db, [id], NOW)).get(id)).toEqual({
    total: 0,
    failed: 0,
    excluded: 0,
    perDay: [0, 0, 0, 0, 0, 0, 0],
    failedPerDay: [0, 0, 0, 0, 0, 0, 0],
  })
  expect(await v1Counts(fresh.db, [], NOW)).toEqual(new Map())
})
