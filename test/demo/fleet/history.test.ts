import { afterEach, describe, expect, it } from 'vitest'
import { pastVisits } from '../../../server/demo/cast/history.ts'
import { OUTAGE_CAUSES } from '../../../server/demo/fleet/outages.ts'
import { behaviourAt } from '../../../server/demo/fleet/script.ts'
import { rollUpsOf } from '../../../server/demo/past/visits.ts'
import { DAY, HOUR, localDay, MINUTE, startOfDay } from '../../../shared/base/time.ts'
import { DEFAULT_ZONE, liveBy } from '../../../shared/base/zone.ts'
import { NOW, sites } from './support.ts'

describe('past visits', () => {
  it('are one to each site in every round, in time order', () => {
    const batches = [...pastVisits(sites, NOW - 3 * HOUR, NOW, 15 * MINUTE)]
    const times = batches.flatMap((batch) => [...batch.atMs.subarray(0, batch.length)])
    expect(times).toHaveLength(12 * 640)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(times[0]).toBe(NOW - 3 * HOUR)
    expect(times.at(-1)).toBeLessThan(NOW)
  })

  it('find what a visit at that time would have found', () => {
    let failed = 0
    for (const batch of pastVisits(sites, NOW - 6 * HOUR, NOW, 10 * MINUTE)) {
      for (let row = 0; row < batch.length; row++) {
        const { outage } = behaviourAt(sites[batch.siteIndex[row]!]!, batch.atMs[row]!)
        expect(batch.cause[row]).toBe(outage && OUTAGE_CAUSES[outage])
        expect(batch.outcome[row] === 0).toBe(outage === null)
        if (batch.cause[row] === 'timeout') expect(batch.totalMs[row]).toBe(15_000)
        if (batch.outcome[row] === 1) failed++
      }
    }
    expect(failed).toBeGreaterThan(50)
  })
})

describe('past days', () => {
  afterEach(() => liveBy(DEFAULT_ZONE))

  it('are one each where clocks are changed, too, with as many visits as their hours hold', () => {
    liveBy('Europe/Berlin')
    const [fromMs, toMs] = [Date.UTC(2026, 8, 1), Date.UTC(2026, 10, 15)].map((at) =>
      startOfDay(localDay(at)),
    ) as [number, number]
    const rows = rollUpsOf({ id: 1, demo: sites[0]! }, { fromMs, toMs, lengthMs: DAY, everyMs: HOUR })
    const days = rows.map(({ startMs }) => localDay(startMs))
    expect(new Set(days).size).toBe(days.length)
    expect(rows.every(({ startMs }) => startMs === startOfDay(localDay(startMs)))).toBe(true)
    const longest = rows[days.indexOf('2026-10-25')]
    expect((longest?.total ?? 0) + (longest?.excluded ?? 0)).toBe(25)
  })
})
