import { describe, expect, it } from 'vitest'
import { localStamp, MINUTE } from '../../../shared/base/time.ts'
import {
  endOfPlan,
  pauseFault,
  weekdayOf,
  windowAfter,
  windowAt,
  windowsOf,
} from '../../../shared/desk/pauses/pauses-rules.ts'

const at = (stamp: string) => new Date(`${stamp}:00+08:00`).toISOString()
const ms = (stamp: string) => Date.parse(at(stamp))
const said = (times: Parameters<typeof windowsOf>[0]) =>
  windowsOf(times).map(({ fromMs, toMs }) =>
    [fromMs, toMs].map((instant) => localStamp(instant).slice(5, 16)).join(' – '),
  )
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]

describe('the windows of a plan', () => {
  it('is one stretch unless it comes again', () => {
    expect(said({ from: at('2026-03-10T22:00'), to: at('2026-03-12T06:00'), repeat: null })).toEqual([
      '03-10 22:00 – 03-12 06:00',
    ])
  })

  it('runs past midnight in Shanghai, over the end of a month, and belongs to the day on which it begins', () => {
    const nightly = {
      from: at('2026-02-26T23:00'),
      to: at('2026-02-27T02:00'),
      repeat: { weekdays: EVERY_DAY, until: '2026-03-01' },
    }
    expect(said(nightly)).toEqual([
      '02-26 23:00 – 02-27 02:00',
      '02-27 23:00 – 02-28 02:00',
      '02-28 23:00 – 03-01 02:00',
      '03-01 23:00 – 03-02 02:00',
    ])
    expect(endOfPlan(nightly)).toBe(ms('2026-03-02T02:00'))
    expect(windowAt(nightly, ms('2026-03-01T01:59'))).toMatchObject({ fromMs: ms('2026-02-28T23:00') })
    expect(windowAt(nightly, ms('2026-03-01T02:00')), 'its end is the first instant after').toBeNull()
    expect(windowAt(nightly, ms('2026-03-01T22:59'), MINUTE), 'about to begin').not.toBeNull()
    expect(windowAfter(nightly, ms('2026-03-01T02:00'))?.fromMs).toBe(ms('2026-03-01T23:00'))
    expect(windowAfter(nightly, ms('2026-03-01T23:00'))).toBeNull()
  })

  it('comes on its weekdays only, as Shanghai counts days', () => {
    // A Saturday there, while it is Friday still in UTC.
    expect(weekdayOf(ms('2026-01-31T00:30'))).toBe(6)
    const weekends = {
      from: at('2026-01-29T00:30'),
      to: at('2026-01-29T04:00'),
      repeat: { weekdays: [6, 7], until: '2026-02-07' },
    }
    expect(said(weekends)).toEqual([
      '01-31 00:30 – 01-31 04:00',
      '02-01 00:30 – 02-01 04:00',
      '02-07 00:30 – 02-07 04:00',
    ])
  })
})

describe('what cannot be filed', () => {
  const now = ms('2026-03-10T10:00') + 40_000
  const plan = (from: string, to: string, repeat: Parameters<typeof windowsOf>[0]['repeat'] = null) =>
    pauseFault({ from: at(from), to: at(to), repeat }, now)
  it('is what has begun already: nothing that has counted is taken back', () => {
    expect(plan('2026-03-10T09:59', '2026-03-10T12:00')).toBe('past')
    expect(plan('2026-03-10T10:00', '2026-03-10T12:00'), 'the minute in which it is filed').toBeNull()
  })
  it('ends before it begins, lies too far ahead, comes again within itself, or has no day', () => {
    expect(plan('2026-03-11T10:00', '2026-03-11T10:00')).toBe('order')
    expect(plan('2027-03-20T10:00', '2027-03-20T12:00')).toBe('far')
    const until = (day: string, weekdays = EVERY_DAY) => ({ weekdays, until: day })
    expect(plan('2026-03-11T10:00', '2026-03-11T12:00', until('2030-01-01'))).toBe('far')
    expect(plan('2026-03-11T10:00', '2026-03-12T10:01', until('2026-03-20'))).toBe('long')
    expect(plan('2026-03-11T10:00', '2026-03-11T12:00', until('2026-03-11', [1]))).toBe('none')
  })
})
