import { afterAll, beforeAll, expect, it } from 'vitest'
import { type DemoSite, demoRegister } from '../../server/demo/cast/register.ts'
import { outagesBetween } from '../../server/demo/fleet/script.ts'
import { DAY, MINUTE, SECOND } from '../../shared/base/time.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'
import { patient } from '../support/run/patience.ts'
import { liveThrough } from './live.ts'
import type { Score } from './score.ts'

/* The bench's week (`test/bench/week.ts`) in small: sixty sites over a morning. */

let fresh: FreshDatabase
let score: Score

beforeAll(async () => {
  fresh = await freshDatabase()
  const startMs = Date.parse('2026-03-09T08:00:00+08:00')
  const days = 4 / 24
  // Some that are in trouble for long, and neighbours in the register, which share platforms.
  const isTroubled = (site: DemoSite) =>
    outagesBetween(site, startMs, startMs + days * DAY).some(({ start, end }) => end - start > 15 * MINUTE)
  const all = demoRegister()
  const troubled = all.filter(isTroubled).slice(0, 12)
  const others = all.filter((site, index) => index % 40 < 3 && !troubled.includes(site))
  score = await liveThrough({
    connection: fresh.connection,
    sites: [...troubled, ...others],
    startMs,
    days,
    faults: 3,
    calmTickMs: MINUTE,
    deadlineMs: 8 * SECOND,
  })
}, patient(240_000))
afterAll(() => fresh.drop())

it('says of no site that it is down that is not', () => {
  expect(score.falseDown).toEqual([])
  expect(score.incidentsFalse).toBe(0)
  expect(score.visits).toBeGreaterThan(2_500)
})

it('misses no outage of more than two intervals, and finds each within two and a minute', () => {
  expect(score.missed).toEqual([])
  expect(score.outages).toBeGreaterThan(3)
  expect(Math.max(...score.delaysMs)).toBeLessThanOrEqual(11 * MINUTE)
})

it('notices each fault of its own line once, and holds it against nobody', () => {
  expect(score).toMatchObject({ lineFaults: 3, lineSeen: 3, lineFalse: 0, wronglyCounted: 0 })
  expect(score.excluded).toBeGreaterThan(20)
})

it('takes a single miss for what it is', () => {
  expect(score.transient).toBeGreaterThan(0)
  expect(score.healed).toBeGreaterThan(0)
})
