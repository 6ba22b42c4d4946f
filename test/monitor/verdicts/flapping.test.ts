import { describe, expect, it } from 'vitest'
import {
  addToHistory,
  FLAP_START,
  FLAP_STOP,
  flapPercent,
  isFlapping,
} from '../../../shared/monitor/verdicts/flapping.ts'

/** A history of visits, oldest first: `x` failed, `.` well. */
const history = (visits: string) => [...visits].reduce((bits, one) => addToHistory(bits, one === 'x'), 0)

describe('flapping, by the weighted changes among the last 21 visits', () => {
  it('is 0 % for a site that is always well or always down, and 100 % for one that changes at each visit', () => {
    expect(flapPercent(history('.'.repeat(30)))).toBe(0)
    expect(flapPercent(history('x'.repeat(30)))).toBe(0)
    expect(flapPercent(history('x.'.repeat(15)))).toBeCloseTo(100, 6)
  })

  it('weighs the newest change by 1.25 and the oldest by 0.75, as the formula has it', () => {
    expect(flapPercent(history(`${'.'.repeat(20)}x`))).toBeCloseTo((1.25 * 100) / 20, 6)
    expect(flapPercent(history(`.${'x'.repeat(20)}`))).toBeCloseTo((0.75 * 100) / 20, 6)
  })

  it('is not started by one outage, however short, and is by two', () => {
    const one = history('....xx....')
    expect(flapPercent(one)).toBeLessThan(FLAP_START)
    expect(isFlapping(false, one)).toBe(false)
    expect(isFlapping(false, history('....xx..xx.'))).toBe(true)
  })

  it('goes on between the two thresholds, and ends below the lower one', () => {
    const calming = history(`.xx..xx${'.'.repeat(15)}`)
    expect(flapPercent(calming)).toBeLessThan(FLAP_START)
    expect(flapPercent(calming)).toBeGreaterThan(FLAP_STOP)
    expect(isFlapping(true, calming)).toBe(true)
    expect(isFlapping(false, calming)).toBe(false)
    expect(isFlapping(true, history(`.xx..xx${'.'.repeat(19)}`))).toBe(false)
  })
})
