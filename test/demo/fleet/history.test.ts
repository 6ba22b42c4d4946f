import { describe, expect, it } from 'vitest'
import { pastVisits } from '../../../server/demo/cast/history.ts'
import { OUTAGE_CAUSES } from '../../../server/demo/fleet/outages.ts'
import { behaviourAt } from '../../../server/demo/fleet/script.ts'
import { HOUR, MINUTE } from '../../../shared/base/time.ts'
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
