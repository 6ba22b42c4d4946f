import type { Clock } from '../../server/base/clock.ts'

/** A clock that stands still until it is told to go on. */
export interface TestClock extends Clock {
  /** Moves by this many milliseconds. @returns the new time. */
  advance(ms: number): number
  set(at: string | number): void
}

/** A Tuesday morning in Guangzhou, on no holiday: 2026-03-10 10:00. */
export const TUESDAY = Date.parse('2026-03-10T02:00:00Z')

/** @param start epoch milliseconds, or an instant in ISO form. */
export function testClock(start: string | number = TUESDAY): TestClock {
  let now = new Date(start).getTime()
  return {
    now: () => now,
    advance(ms) {
      now += ms
      return now
    },
    set(at) {
      now = new Date(at).getTime()
    },
  }
}
