import { describe, expect, it } from 'vitest'
import { pastChanges, pastVisits } from '../../server/fleet/history.ts'
import { OUTAGE_CAUSES } from '../../server/fleet/outages.ts'
import { behaviourAt, newestOn, truthAt } from '../../server/fleet/script.ts'
import { DAY, HOUR, MINUTE } from '../../shared/time.ts'
import { NOW, sites } from './support.ts'

const from = NOW - 20 * DAY

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

  it('come by the half million a second', () => {
    const began = performance.now()
    let rows = 0
    for (const batch of pastVisits(sites, NOW - 7 * DAY, NOW, 10 * MINUTE)) rows += batch.length
    const perSecond = (rows * 1_000) / (performance.now() - began)
    console.log(`${Math.round(perSecond).toLocaleString('en')} past visits a second`)
    // A tenth of the aim: this machine may be busy with other things.
    expect(perSecond).toBeGreaterThan(50_000)
  })
})

describe('past changes', () => {
  const changes = [...pastChanges(sites, from, NOW)]

  it('are in time order and alternate for each site', () => {
    expect(changes.map(({ atMs }) => atMs)).toEqual(changes.map(({ atMs }) => atMs).sort((a, b) => a - b))
    const down = new Set<number>()
    for (const { siteIndex, kind } of changes) {
      if (kind === 'down') expect(down.has(siteIndex)).toBe(false)
      if (kind === 'up') expect(down.has(siteIndex)).toBe(true)
      if (kind === 'down') down.add(siteIndex)
      if (kind === 'up') down.delete(siteIndex)
    }
  })

  it('lead to the present: who is down and dormant now is who the script says', () => {
    const down = new Set<number>()
    const dormant = new Set<number>()
    for (const { siteIndex, kind } of changes) {
      if (kind === 'down' || kind === 'blocked') down.add(siteIndex)
      if (kind === 'up' || kind === 'unblocked') down.delete(siteIndex)
      if (kind === 'dormant') dormant.add(siteIndex)
      if (kind === 'fresh') dormant.delete(siteIndex)
    }
    const truths = sites.map((site) => truthAt(site, NOW - 1))
    const indexes = (test: (index: number) => boolean) => [...sites.keys()].filter(test)
    expect([...down].sort((a, b) => a - b)).toEqual(indexes((index) => truths[index]!.availability !== 'up'))
    const isOld = (newest: string | null) => newest !== null && newest < '2026-02-24'
    expect([...dormant].sort((a, b) => a - b)).toEqual(
      indexes((index) => truths[index]!.reading === 'undated' || isOld(truths[index]!.newest)),
    )
  })

  it('give the date that the page showed when a site became dormant or fresh', () => {
    for (const change of changes) {
      if (change.kind !== 'dormant' && change.kind !== 'fresh') continue
      expect(newestOn(sites[change.siteIndex]!, change.atMs)).toBe(change.newest)
    }
  })

  it('leave out what is shorter than asked for', () => {
    const long = [...pastChanges(sites, from, NOW, { minMs: 20 * MINUTE })]
    expect(long.length).toBeLessThan(changes.length / 3)
  })
})
