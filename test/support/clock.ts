import { type Clock, systemClock, systemTimers, type Timers } from '../../server/base/clock.ts'

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

/** Timers of which nothing happens again until the test has it happen; what is to come once comes soon. */
export function handTimers(): Timers & { pass(): void } {
  const acts = new Set<() => void>()
  return {
    after: (_ms, act) => systemTimers.after(1, act),
    every(_ms, act) {
      acts.add(act)
      return () => void acts.delete(act)
    },
    pass() {
      for (const act of [...acts]) act()
    },
  }
}

/** The clock of a machine that is so far ahead of the true time. */
export const machineAhead = (ms: number): Clock => ({ now: () => systemClock.now() + ms, isMachines: true })
