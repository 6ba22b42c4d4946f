/** The one place that reads the time, so that tests can set it. Milliseconds since 1970. */
export interface Clock {
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

/** Ends what `Timers` began; harmless when it is over. */
export type Cancel = () => void

/** The one place where the monitor waits, so that a simulation can let a week pass in minutes. */
export interface Timers {
  /** Once, in `ms` milliseconds. */
  after(ms: number, act: () => void): Cancel
  /** Again and again, each `ms` milliseconds. */
  every(ms: number, act: () => void): Cancel
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
