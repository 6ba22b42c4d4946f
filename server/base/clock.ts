/** The one place that reads the time, so that tests can set it. Milliseconds since 1970. */
export interface Clock {
  now(): number
  /** It is the machine's own, which may be wrong; any other is set by hand. */
  readonly isMachines?: true
}

export const systemClock: Clock = { now: () => Date.now(), isMachines: true }

/** Ends what `Timers` began; harmless when it is over. */
export type Cancel = () => void

/** The one place where the monitor waits, so that a simulation can let a week pass in minutes. */
export interface Timers {
  /** Once, in `ms` milliseconds. */
  after(ms: number, act: () => void): Cancel
  /** Again and again, each `ms` milliseconds. */
  every(ms: number, act: () => void): Cancel
}

/** The same timers; an error in what they call is told, and is not the end of the process. */
export function guarded(timers: Timers, onError: (error: unknown) => void): Timers {
  const guard = (act: () => void) => () => {
    try {
      act()
    } catch (error) {
      onError(error)
    }
  }
  return {
    after: (ms, act) => timers.after(ms, guard(act)),
    every: (ms, act) => timers.every(ms, guard(act)),
  }
}

export const systemTimers: Timers = {
  after(ms, act) {
    const timer = setTimeout(act, ms)
    return () => clearTimeout(timer)
  },
  every(ms, act) {
    const timer = setInterval(act, ms)
    return () => clearInterval(timer)
  },
}
