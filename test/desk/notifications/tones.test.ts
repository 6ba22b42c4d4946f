import { expect, test } from 'vitest'
import { SEVERITIES } from '../../../shared/desk/alerts/alerts-rules.ts'
import { PAUSE_MS } from '../../../web/desk/notifications/alarm/alarm.ts'
import { SIGNALS, worstOf } from '../../../web/desk/notifications/alarm/tones.ts'
import { anAlert } from './alerts.ts'

test('signals are told apart by how many notes they have, not by their pitch alone', () => {
  const counts = SEVERITIES.map((severity) => SIGNALS[severity].length)
  expect(new Set(counts).size).toBe(SEVERITIES.length)
  expect(counts, 'the worse the more').toEqual([...counts].sort((a, b) => b - a))
})

test('a signal is over long before the next may come, and is never louder than a loudspeaker can be', () => {
  for (const severity of SEVERITIES) {
    const ends = SIGNALS[severity].map(({ at, length }) => at + length)
    expect(Math.max(...ends) * 1000).toBeLessThan(PAUSE_MS / 4)
    for (const { gain, pitch, length } of SIGNALS[severity]) {
      expect(gain).toBeGreaterThan(0)
      expect(gain).toBeLessThanOrEqual(0.6)
      // What small loudspeakers give back, and old ears hear.
      expect(pitch).toBeGreaterThan(400)
      expect(pitch).toBeLessThan(2_000)
      expect(length, 'room for coming and going').toBeGreaterThan(0.02)
    }
    for (const [n, note] of SIGNALS[severity].entries()) {
      const before = SIGNALS[severity][n - 1]
      if (before) expect(note.at).toBeGreaterThanOrEqual(before.at + before.length)
    }
  }
})

test('of alerts that are told together the worst gives the signal', () => {
  expect(worstOf([])).toBeNull()
  expect(worstOf([anAlert(1, { severity: 'minor' }), anAlert(2, { severity: 'critical' }), anAlert(3)])).toBe(
    'critical',
  )
  expect(worstOf([anAlert(1, { severity: 'minor' })])).toBe('minor')
})
