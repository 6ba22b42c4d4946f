import type { Timers } from '../base/clock.ts'
import type { Context } from '../base/context.ts'
import { LineWatch } from '../monitor/schedule/line-watch.ts'
import { Schedule } from '../monitor/schedule/schedule.ts'
import type { Prober } from '../monitor/visit/visit.ts'
import type { Visited } from '../monitor/visit/visited.ts'
import { LineRecorder } from './line-recorder.ts'
import { Recorder } from './recorder.ts'
import { markStalled } from './stall.ts'

export interface MeasuringParts {
  readonly ctx: Context
  readonly timers: Timers
  readonly prober: Prober
  /** Visits the demo fleet, which is on loopback; null without it. */
  readonly demoProber: Prober | null
  /** URLs by which the monitor knows whether its own line is up. */
  readonly references: readonly string[]
  readonly onVisit: (visited: Visited) => void
}

/** Turns, judging, recording and the watch over the line, at work. */
export interface Measuring {
  readonly schedule: Schedule
  readonly recorder: Recorder
  readonly line: LineWatch
  /** The probers should be closed before, so that no visit is waited for. */
  stop(): Promise<void>
}

/** Joins schedule, line watch and recorder, and starts them: all that stands between the probers and the database. */
export async function startMeasuring(parts: MeasuringParts): Promise<Measuring> {
  const { ctx, timers, prober, demoProber, onVisit } = parts
  const recorder = new Recorder(ctx, timers)
  const teller = new LineRecorder(ctx, recorder)
  const line = new LineWatch({
    targets: parts.references,
    prober: demoProber ?? prober,
    now: () => ctx.clock.now(),
    timers,
    onOpinion: (opinion) => teller.tell(opinion),
  })
  const schedule = new Schedule({
    ctx,
    timers,
    prober,
    demoProber,
    onVisit,
    record: (visited, onStored) => recorder.add(visited, onStored),
    line,
    onStall: (nowMs) => markStalled(ctx, nowMs),
  })
  await schedule.start()
  line.start()
  return {
    schedule,
    recorder,
    line,
    async stop() {
      await line.stop()
      await schedule.stop()
      await recorder.flush()
      await teller.settled()
    },
  }
}
