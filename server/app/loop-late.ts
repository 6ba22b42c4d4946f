import { monitorEventLoopDelay } from 'node:perf_hooks'

/** How finely it is looked; the histogram counts this in. */
const RESOLUTION_MS = 10
const LOOK_MS = 1_000
const LOOKS_A_MINUTE = 60
const P99 = 99

/** How late the event loop of this process is, always being measured. */
export interface LoopLate {
  /** In the last second, p99, ms. */
  readonly lastMs: () => number
  /** In the last whole minute, p99, ms; before that, since the start. */
  readonly minuteMs: () => number
  stop(): void
}

export function watchLoop(): LoopLate {
  const second = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  const minute = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  second.enable()
  minute.enable()
  const late = (histogram: typeof second) =>
    histogram.count === 0 ? 0 : Math.max(0, histogram.percentile(P99) / 1e6 - RESOLUTION_MS)
  let lastMs = 0
  let minuteMs: number | null = null
  let looks = 0
  const timer = setInterval(() => {
    lastMs = late(second)
    second.reset()
    if (++looks % LOOKS_A_MINUTE > 0) return
    minuteMs = late(minute)
    minute.reset()
  }, LOOK_MS)
  timer.unref()
  return {
    lastMs: () => lastMs,
    minuteMs: () => minuteMs ?? late(minute),
    stop() {
      clearInterval(timer)
      second.disable()
      minute.disable()
    },
  }
}
