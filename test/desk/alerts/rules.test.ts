import { describe, expect, test } from 'vitest'
import { acknowledgementEnd, followStep, overtaken, silenceEnd } from '../../../server/desk/alerts/rules.ts'
import { DAY, HOUR } from '../../../shared/base/time.ts'

const NOW = Date.parse('2026-03-10T02:00:00Z')
const iso = (ms: number) => new Date(ms).toISOString()

describe('what a verdict makes of an alert', () => {
  const live = (severity: 'critical' | 'major' | 'minor') =>
    ({ status: 'open', severity, resolvedMs: null }) as const
  const resolved = (agoMs: number) =>
    ({ status: 'resolved', severity: 'major', resolvedMs: NOW - agoMs }) as const

  test.each([
    ['nothing wrong, no alert', undefined, null, null],
    ['something wrong, no alert', undefined, 'major', 'open'],
    ['still as wrong as before', live('major'), 'major', null],
    ['worse than before', live('minor'), 'critical', 'raise'],
    ['better than before, but not well', live('critical'), 'minor', 'ease'],
    ['well again', live('critical'), null, 'resolve'],
    ['well since long', resolved(HOUR), null, null],
    ['back a moment before a day has passed', resolved(DAY - 1), 'major', 'reopen'],
    ['back when a day has passed', resolved(DAY), 'major', 'open'],
  ] as const)('%s', (_, last, wanted, step) => {
    expect(followStep(last, wanted, NOW)).toBe(step)
  })

  test('an acknowledged alert follows the verdict like an open one', () => {
    const last = { status: 'acknowledged', severity: 'minor', resolvedMs: null } as const
    expect(followStep(last, 'critical', NOW)).toBe('raise')
    expect(followStep(last, null, NOW)).toBe('resolve')
  })
})

describe('who came second', () => {
  test.each([
    ['open', 3, 'acknowledge', 3, null],
    ['open', 4, 'acknowledge', 3, 'changed'],
    ['acknowledged', 4, 'acknowledge', 3, 'acknowledged'],
    ['acknowledged', 4, 'acknowledge', 4, 'acknowledged'],
    ['acknowledged', 4, 'assign', 4, null],
    ['resolved', 4, 'resolve', 4, 'resolved'],
    ['resolved', 4, 'silence', 3, 'resolved'],
  ] as const)('%s at version %i, %s at version %i: %s', (status, version, command, seen, why) => {
    expect(overtaken({ status, version }, command, seen)).toBe(why)
  })
})

describe('how long', () => {
  test('an acknowledgement holds half a shift unless its author says otherwise', () => {
    expect(acknowledgementEnd(undefined, NOW)).toBe(NOW + 4 * HOUR)
    expect(acknowledgementEnd(iso(NOW + HOUR), NOW)).toBe(NOW + HOUR)
  })

  test('seven days are the most for an acknowledgement, thirty for a silence', () => {
    expect(acknowledgementEnd(iso(NOW + 7 * DAY), NOW)).toBe(NOW + 7 * DAY)
    expect(acknowledgementEnd(iso(NOW + 7 * DAY + 1), NOW)).toBe('too_long')
    expect(silenceEnd(iso(NOW + 30 * DAY), NOW)).toBe(NOW + 30 * DAY)
    expect(silenceEnd(iso(NOW + 30 * DAY + 1), NOW)).toBe('too_long')
  })

  test('an end that is now, or was, is none', () => {
    expect(acknowledgementEnd(iso(NOW), NOW)).toBe('past')
    expect(silenceEnd(iso(NOW - 1), NOW)).toBe('past')
  })

  test('an end may be given with an offset', () => {
    expect(acknowledgementEnd('2026-03-10T11:00:00+08:00', NOW)).toBe(NOW + HOUR)
  })
})
