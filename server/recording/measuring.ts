import type { Timers } from '../base/clock.ts'
import type { Context } from '../base/context.ts'
import { type Stage, takes } from '../monitor/pace/stage.ts'
import { PaceTeller } from '../monitor/pace/teller.ts'
import { askAgain } from '../monitor/schedule/asked.ts'
import { askedPace } from '../monitor/schedule/claims/round.ts'
import { LineWatch } from '../monitor/schedule/line-watch.ts'
import { Confirmations } from '../monitor/schedule/readings/confirm.ts'
import { Readings } from '../monitor/schedule/readings/readings.ts'
import { Schedule } from '../monitor/schedule/schedule.ts'
import type { Reader } from '../monitor/visit/reading/reader.ts'
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
  readonly reader: Reader
  /** A visit was made, or the page of an earlier one was read. */
  readonly onVisit: (visited: Visited) => void
  /** How late the event loop was in the last second, p99, ms; without it nothing is held back on its account. */
  readonly loopLateMs?: () => number
}

/** Turns, reading, judging, recording and the watch over the line, at work. */
export interface Measuring {
  readonly schedule: Schedule
  readonly recorder: Recorder
  readonly readings: Readings
  readonly line: LineWatch
  readonly pace: PaceTeller
  /** From a visit to what is recorded of it. */
  readonly stages: () => readonly Stage[]
  /** The probers should be closed before, so that no visit is waited for. */
  stop(): Promise<void>
}

/** Joins schedule, line watch, reading and recorder, and starts them: all that stands between the probers and the database. */
export async function startMeasuring(parts: MeasuringParts): Promise<Measuring> {
  const { ctx, timers, prober, demoProber, reader, onVisit, loopLateMs = () => 0 } = parts
  const recorder = new Recorder(ctx, timers)
  const teller = new LineRecorder(ctx, recorder, timers)
  const line = new LineWatch({
    targets: parts.references,
    prober: demoProber ?? prober,
    now: () => ctx.clock.now(),
    timers,
    onOpinion: (opinion) => teller.tell(opinion),
  })
  const confirmations = new Confirmations(ctx, timers)
  const confirm = (visited: Visited) => confirmations.add(visited)
  const readings = new Readings({
    ctx,
    reader,
    proberOf: ({ demo }) => (demo && demoProber ? demoProber : prober),
    alone: (site, work) => schedule.alone(site, work),
    record: (read) => {
      onVisit(read)
      recorder.add(read, () => {})
    },
    confirm,
  })
  const pace: PaceTeller = new PaceTeller(ctx, timers, {
    behind: () => schedule.behind,
    donePerS: () => recorder.visitsPerS,
    ask: () =>
      askedPace(ctx.db, {
        now: new Date(ctx.clock.now()),
        defaultIntervalS: ctx.config.visitIntervalS,
        demoIntervalS: ctx.config.demoIntervalS,
      }),
    // While visits of its own wait for the database, those of others may, too.
    onGone: async (untilMs) => recorder.isWell && schedule.takeBack(untilMs),
  })
  await pace.learn()
  const schedule: Schedule = new Schedule({
    ctx,
    timers,
    prober,
    demoProber,
    onVisit,
    record: (visited, onStored) => recorder.add(visited, onStored),
    read: (page) => readings.add(page),
    confirm,
    line,
    // A page that finds no place stays due to be read: whether its site answers is asked all the same.
    later: () => [stageOf('record', recorder)],
    loopLateMs,
    capacityPerS: () => pace.capacityPerS,
    onStall: (nowMs) => markStalled(ctx, nowMs),
  })
  await schedule.start()
  pace.start()
  line.start()
  return {
    schedule,
    recorder,
    readings,
    line,
    pace,
    stages: () => {
      const record = stageOf('record', recorder)
      // Turns wait long before it is full.
      const room = takes(record, ctx.config.visitConcurrency)
      return [schedule.stage, stageOf('read', readings), { ...record, room }]
    },
    async stop() {
      await line.stop()
      await pace.stop()
      // Pages that are not read by now stay due; some of them wait for a turn of the schedule's.
      const undone = await Promise.all([readings.stop(), schedule.stop()])
      await recorder.flush()
      const lost = recorder.waiting
      if (lost > 0)
        ctx.log.error({ visits: lost }, 'visits are lost: the database did not take them at the end')
      await confirmations.flush()
      await askAgain(ctx, undone.flat())
      await teller.stop()
    },
  }
}

const stageOf = (name: Stage['name'], { waiting, room, oldestMs, perS }: Omit<Stage, 'name'>): Stage => ({
  name,
  waiting,
  room,
  oldestMs,
  perS,
})
