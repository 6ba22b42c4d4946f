import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { letterTerm } from '../../../server/census/letters/terms.ts'
import { BUILT_IN_CALENDAR } from '../../../server/register/workdays/calendar.ts'
import { addDays } from '../../../shared/base/time.ts'
import {
  HOTLINE_EDITIONS,
  hotlineOn,
  LETTER_KINDS,
  letterStanding,
} from '../../../shared/census/letters/letters-rules.ts'

const by = {
  calendar: BUILT_IN_CALENDAR,
  revision: 0,
  now: Date.parse('2026-12-31T04:00:00Z'),
  today: '2026-12-31',
}
const due = (day: string, workdays: number) => letterTerm(by, day, workdays).due_on

/**
 * The holidays and worked weekends as the State Council announced them, written down by hand for this test alone: it shares
 * neither data nor code with what it checks.
 */
const ANNOUNCED: Readonly<Record<string, { off: string; worked: string }>> = JSON.parse(
  readFileSync(new URL('./announced.json', import.meta.url), 'utf8'),
)
const daysOf = (what: 'off' | 'worked') =>
  new Set(
    Object.entries(ANNOUNCED).flatMap(([year, days]) => days[what].split(' ').map((day) => `${year}-${day}`)),
  )
const [OFF, WORKED] = [daysOf('off'), daysOf('worked')]

/** Walks over a table of all days of the years, one mark each. */
function lastDay(received: string, workdays: number): string {
  const at = new Date(`${received}T12:00:00Z`)
  for (let left = workdays; left > 0; ) {
    at.setUTCDate(at.getUTCDate() + 1)
    const day = at.toISOString().slice(0, 10)
    if (WORKED.has(day) || (at.getUTCDay() % 6 !== 0 && !OFF.has(day))) left -= 1
  }
  return at.toISOString().slice(0, 10)
}

describe('the last day of a letter', () => {
  it('is as the examples have it, holidays and worked Saturdays reckoned in', () => {
    expect(due('2015-08-28', 5)).toBe('2015-09-07')
    expect(due('2015-09-25', 5)).toBe('2015-10-09')
    expect(due('2015-09-25', 10)).toBe('2015-10-15')
    expect(due('2015-09-30', 15)).toBe('2015-10-27')
    expect(due('2015-10-08', 5)).toBe('2015-10-14')
  })

  it('is right for letters of all kinds of every day of 2015 and of 2024 to 2026', () => {
    const { workdays } = hotlineOn('2026-01-01')
    const wrong: string[] = []
    let checked = 0
    for (const [from, to] of [
      ['2015-01-01', '2015-11-30'],
      ['2024-01-01', '2026-11-30'],
    ] as const) {
      for (let day: string = from; day <= to; day = addDays(day, 1)) {
        for (const kind of LETTER_KINDS) {
          checked += 1
          const [is, should] = [due(day, workdays[kind]), lastDay(day, workdays[kind])]
          if (is !== should) wrong.push(`${day} ${kind}: ${is}, not ${should}`)
        }
      }
    }
    expect(wrong).toEqual([])
    expect(checked).toBeGreaterThan(5000)
  })

  it('is provisional where it rests on a year that is not announced, and refused where nobody can know', () => {
    expect(letterTerm(by, '2026-12-30', 15).due_provisional).toBe(true)
    expect(letterTerm(by, '2026-11-02', 15).due_provisional).toBe(false)
    expect(() => letterTerm(by, '1999-05-04', 5)).toThrow()
    expect(() => letterTerm(by, '2029-05-04', 5)).toThrow()
  })
})

describe('how a letter stands', () => {
  const open = { actOn: '2015-10-09', dueOn: '2015-10-09', firstAnsweredOn: null, mergedInto: null }
  const on = (today: string, more: object = {}) =>
    letterStanding({ ...open, ...more }, today, BUILT_IN_CALENDAR)

  it('follows from the days: in time, near its last day, on it, past it', () => {
    expect(on('2015-09-28')).toBe('onTime')
    // Two working days are left: 8 and 9 October, with the holidays between.
    expect(on('2015-09-30')).toBe('atRisk')
    expect(on('2015-10-09')).toBe('atRisk')
    expect(on('2015-10-10')).toBe('overdue')
  })

  it('and an answer counts by its first day, whatever comes later', () => {
    expect(on('2015-12-01', { actOn: null, firstAnsweredOn: '2015-10-09' })).toBe('inTime')
    expect(on('2015-12-01', { actOn: null, firstAnsweredOn: '2015-10-10' })).toBe('late')
    expect(on('2015-12-01', { actOn: null, mergedInto: 3 })).toBe('merged')
    expect(on('2015-10-12', { actOn: '2015-10-20', firstAnsweredOn: '2015-10-08' })).toBe('onTime')
  })

  it('by rules that are data, each edition with all that is asked of it', () => {
    for (const { workdays, rating, about } of HOTLINE_EDITIONS) {
      expect(Object.keys(workdays).sort()).toEqual([...LETTER_KINDS].sort())
      expect(rating.satisfiedFrom).toBeGreaterThan(rating.least)
      expect(Object.keys(about).sort()).toEqual(['dead', 'outdated', 'wrong'])
    }
  })
})
