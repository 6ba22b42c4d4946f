import { describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../../shared/base/time.ts'
import { axisTime, ticksBetween, timeAxis } from '../../../web/base/charts/time-axis.ts'

const START = Date.parse('2015-09-08T00:00:00+08:00')

describe('time axis', () => {
  it('labels Shanghai hours and midnights wherever the browser stands', () => {
    const { ticks, step } = ticksBetween(START + 20 * MINUTE, START + DAY)
    expect(ticks.map((tick) => axisTime(tick, step))).toEqual([
      '04:00',
      '08:00',
      '12:00',
      '16:00',
      '20:00',
      '00:00',
    ])
    const week = ticksBetween(START + HOUR, START + 7 * DAY)
    expect(week.ticks.map((tick) => axisTime(tick, week.step))[0]).toBe('9-9')
  })

  it('labels years by months', () => {
    const years = ticksBetween(Date.parse('2023-03-10T02:00:00Z'), Date.parse('2026-03-09T02:00:00Z'))
    expect(years.ticks.map((tick) => axisTime(tick, years.step))).toEqual([
      '2023-7',
      '2024-1',
      '2024-7',
      '2025-1',
      '2025-7',
      '2026-1',
    ])
  })

  it('has no labels for a window without length beyond its own instant', () => {
    expect(ticksBetween(START, START).ticks).toEqual([START])
  })

  it('says an instant in full, and its year where labels stand months apart', () => {
    expect(timeAxis(START, START + DAY).heading(START + HOUR)).toBe('9-8 01:00')
    expect(timeAxis(START, START + 1000 * DAY).heading(START)).toBe('2015-9-8 00:00')
  })
})
