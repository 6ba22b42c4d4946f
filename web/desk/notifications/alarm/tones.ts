import type { Alert, Severity } from '../../../../shared/desk/alerts/alerts.ts'
import { SEVERITIES } from '../../../../shared/desk/alerts/alerts-rules.ts'

/** A note of a signal: when it begins and how long it is (seconds), its pitch (Hz) and its loudness (0 to 1). */
export interface Note {
  readonly at: number
  readonly length: number
  readonly pitch: number
  readonly gain: number
}

const notes = (pitches: readonly number[], length: number, gap: number, gain: number): Note[] =>
  pitches.map((pitch, n) => ({ at: n * (length + gap), length, pitch, gain }))

/**
 * The signal of each severity. They differ in number and rhythm as well as in pitch, so that they are told apart in a
 * loud room, by a small loudspeaker and by ears that hear no high notes.
 */
export const SIGNALS: Readonly<Record<Severity, readonly Note[]>> = {
  critical: notes([880, 660, 880, 660, 880, 660], 0.18, 0.04, 0.5),
  major: notes([660, 784, 660], 0.24, 0.1, 0.4),
  minor: notes([523], 0.4, 0, 0.3),
}

/** Of alerts that are told together the worst gives the signal; null without any. */
export function worstOf(alerts: Iterable<Pick<Alert, 'severity'>>): Severity | null {
  const given = new Set([...alerts].map(({ severity }) => severity))
  return SEVERITIES.find((severity) => given.has(severity)) ?? null
}
