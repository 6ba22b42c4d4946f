import { describe, expect, it } from 'vitest'
import { Pace } from '../../../server/monitor/pace/pace.ts'
import { SECOND } from '../../../shared/base/time.ts'
import { testClock } from '../../support/clock.ts'

/** A monitor that carried so many visits a second before. */
const CAPACITY = 120

/** What comes of so many seconds, each late or on time, in which all turns are taken that may be. */
function lived(
  seconds: number,
  { late, due = CAPACITY }: { late: (second: number) => boolean; due?: number },
) {
  const clock = testClock()
  const pace = new Pace(clock.now)
  const begun: number[] = []
  for (let second = 0; second < seconds; second++) {
    const count = Math.min(due, pace.allowed)
    pace.took(count, count < due)
    begun.push(count)
    clock.advance(SECOND)
    pace.note({ loopLateMs: late(second) ? 200 : 5, capacityPerS: CAPACITY, stages: [] })
  }
  return { pace, begun }
}

describe('the pace of visits', () => {
  it('is held by nothing where all is done in time', () => {
    expect(lived(30, { late: () => false }).pace.limit).toBe(Number.POSITIVE_INFINITY)
  })

  it('is cut by a strain at the start to a part of what was begun in these seconds, not of ten', () => {
    const { pace } = lived(2, { late: () => true })
    expect(pace.limit).toBeCloseTo(0.85 * CAPACITY)
  })

  it('falls as long as the strain lasts, to no less than can be made on anything', () => {
    expect(lived(90, { late: () => true }).pace.limit).toBe(10)
  })

  it('is nearly what it was soon after a strain of half a minute is over', () => {
    const { begun } = lived(45, { late: (second) => second < 30 })
    expect(begun[30]).toBeLessThan(CAPACITY / 4)
    expect(begun[44]).toBeGreaterThan(0.7 * CAPACITY)
  })
})
