import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appendFacts } from '../../../server/base/facts/append.ts'
import { levelOf, MAX_POINTS, siteHistory } from '../../../server/monitor/standing/history.ts'
import type { NewFact } from '../../../shared/base/facts.ts'
import { DAY, HOUR, MINUTE } from '../../../shared/base/time.ts'
import { siteHistory as schema } from '../../../shared/monitor/standing/standing.ts'
import type { SiteState } from '../../../shared/register/sites/states.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'
import { addVisits, spaced } from '../../support/visits/visits.ts'

let fresh: FreshDatabase
beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(() => fresh.drop())

const NOW = TUESDAY
const iso = (ms: number) => new Date(ms).toISOString()
const history = async (siteId: number, rangeMs: number) =>
  schema.parse(await siteHistory(fresh.db, siteId, NOW - rangeMs, NOW))

test.each([
  [36 * HOUR, 'visit'],
  [36 * HOUR + 1, 'hour'],
  [90 * DAY, 'hour'],
  [92 * DAY + 1, 'day'],
] as const)('%i ms are shown by %s', (rangeMs, level) => {
  expect(levelOf(rangeMs)).toBe(level)
})

describe('points', () => {
  test('of a day are its visits, one by one, confirmations too', async () => {
    const { id } = await makeSite(fresh.db)
    await addVisits(fresh.db, id, [
      { at: NOW - 3 * HOUR, total_ms: 120.25 },
      { at: NOW - 2 * HOUR, outcome: 1, cause: 'timeout', total_ms: 15_000 },
      { at: NOW - 2 * HOUR + 5_000, outcome: 1, cause: 'timeout', total_ms: 15_000, extra: true },
      { at: NOW - HOUR, outcome: 2, cause: 'blocked_firewall', excluded: true, total_ms: 80 },
    ])
    const { level, points } = await history(id, DAY)
    expect(level).toBe('visit')
    expect(points).toEqual([
      { at: iso(NOW - 3 * HOUR), total: 1, failed: 0, excluded: 0, avgMs: 120.3, maxMs: 120.3 },
      { at: iso(NOW - 2 * HOUR), total: 2, failed: 2, excluded: 0, avgMs: null, maxMs: 15_000 },
      { at: iso(NOW - HOUR), total: 0, failed: 0, excluded: 1, avgMs: null, maxMs: 80 },
    ])
  })

  test('are never more than can be drawn, and none is lost', async () => {
    const { id } = await makeSite(fresh.db)
    await addVisits(fresh.db, id, spaced(NOW, 30_000, 36 * 120))
    const { points } = await history(id, 36 * HOUR)
    expect(points.length).toBeGreaterThan(MAX_POINTS / 2)
    expect(points.length).toBeLessThanOrEqual(MAX_POINTS)
    expect(points.reduce((sum, point) => sum + point.total, 0)).toBe(36 * 120)
    expect(points.map((point) => point.at)).toEqual(points.map((point) => point.at).sort())
  })

  test('of a week are hours, of years Shanghai days; buckets without visits are absent', async () => {
    const { id } = await makeSite(fresh.db)
    await addVisits(fresh.db, id, [
      { at: NOW - 5 * DAY, total_ms: 100 },
      { at: NOW - 5 * DAY + 20 * MINUTE, total_ms: 300 },
      { at: NOW - 5 * DAY + 40 * MINUTE, outcome: 1, total_ms: 900 },
      // 23:59 and 00:01 in Shanghai.
      { at: Date.parse('2026-03-04T15:59:00Z') },
      { at: Date.parse('2026-03-04T16:01:00Z') },
    ])
    const week = await history(id, 7 * DAY)
    expect(week.level).toBe('hour')
    expect(week.points).toHaveLength(3)
    expect(week.points.at(-1)).toEqual({
      at: iso(NOW - 5 * DAY),
      total: 3,
      failed: 1,
      excluded: 0,
      avgMs: 200,
      maxMs: 900,
    })
    const year = await history(id, 365 * DAY)
    expect(year.level).toBe('day')
    expect(year.points.map((point) => [point.at, point.total])).toEqual([
      ['2026-03-03T16:00:00.000Z', 1],
      ['2026-03-04T16:00:00.000Z', 4],
    ])
  })
})

test('changes begin with the last one before the stretch', async () => {
  const { id } = await makeSite(fresh.db)
  const other = await makeSite(fresh.db)
  const change = (siteId: number, agoMs: number, state: SiteState): NewFact => ({
    kind: 'site.changed',
    at: iso(NOW - agoMs),
    siteId,
    district: '440106',
    actor: null,
    data: {
      before: null,
      after: {
        state,
        stateSince: iso(NOW - agoMs),
        availability: state === 'down' ? 'down' : 'up',
        cause: state === 'down' ? 'timeout' : null,
        since: iso(NOW - agoMs),
        v1: 'ok',
        share: 0,
        v2: 'ok',
        v3: 'ok',
        flapping: false,
        newest: '2026-03-09',
      },
    },
  })
  await fresh.db
    .transaction()
    .execute((tx) =>
      appendFacts(tx, [
        change(id, 9 * DAY, 'healthy'),
        change(id, 2 * DAY, 'warning'),
        change(other.id, DAY, 'dead'),
        change(id, 3 * HOUR, 'down'),
        change(id, HOUR, 'healthy'),
      ]),
    )
  const { changes } = await history(id, DAY)
  expect(changes).toEqual([
    { at: iso(NOW - 2 * DAY), state: 'warning', availability: 'up', cause: null },
    { at: iso(NOW - 3 * HOUR), state: 'down', availability: 'down', cause: 'timeout' },
    { at: iso(NOW - HOUR), state: 'healthy', availability: 'up', cause: null },
  ])
})
