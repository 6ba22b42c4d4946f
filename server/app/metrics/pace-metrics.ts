import { Gauge, type Registry } from 'prom-client'
import { SECOND } from '../../../shared/base/time.ts'
import type { MonitorPace } from '../../recording/monitor.ts'

/** What a monitor says of its pace and of the stages between a turn and what is recorded. Nothing is looked up for it. */
export function paceMetrics(registers: Registry[], pace: () => MonitorPace | null): void {
  const ofMonitor = (name: string, help: string, read: (pace: MonitorPace) => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        const known = pace()
        if (known) this.set(read(known))
        // Reset, it would say 0.
        else this.remove()
      },
    })
  const ofStage = (name: string, help: string, read: (stage: StageNow) => number) =>
    new Gauge({
      name,
      help,
      labelNames: ['stage'] as const,
      registers,
      collect() {
        this.reset()
        for (const stage of stagesOf(pace())) this.set({ stage: stage.name }, read(stage))
      },
    })
  ofStage('siteward_stage_waiting', 'What waits or is under way in a stage.', ({ waiting }) => waiting)
  ofStage('siteward_stage_room', 'How much more a stage takes.', ({ room }) => room)
  ofStage('siteward_stage_oldest_seconds', 'Age of the oldest of it.', ({ oldestMs }) => oldestMs / SECOND)
  ofStage('siteward_stage_per_second', 'What a stage has done a second, lately.', ({ perS }) => perS)
  ofMonitor('siteward_behind_seconds', 'By how much turns come late now.', (one) => one.behindMs() / SECOND)
  ofMonitor('siteward_pace_limit', 'Visits a second that may begin; +Inf: as many as are due.', (one) =>
    one.limitPerS(),
  )
  ofMonitor('siteward_capacity', 'Visits a second that can be carried, as measured.', (one) =>
    one.capacityPerS(),
  )
  ofMonitor('siteward_asked', 'Visits a second that the register asks of all monitors together.', (one) =>
    one.askedPerS(),
  )
  ofMonitor('siteward_connections_opening', 'Connections of visits that are being opened.', (one) =>
    one.opening(),
  )
  new Gauge({
    name: 'siteward_visits_held',
    help: 'Visits under way that have not begun, by what they wait for.',
    labelNames: ['by'] as const,
    registers,
    collect() {
      this.reset()
      for (const [by, visits] of Object.entries(pace()?.held() ?? {})) this.set({ by }, visits)
    },
  })
}

type StageNow = Omit<ReturnType<MonitorPace['stages']>[number], 'name'> & { readonly name: string }

/** The schedule is the first stage: turns that are due wait in it, as many as were counted within the last minute. */
function stagesOf(pace: MonitorPace | null): readonly StageNow[] {
  if (!pace) return []
  const turns = {
    name: 'schedule',
    waiting: pace.due(),
    room: Number.POSITIVE_INFINITY,
    oldestMs: pace.behindMs(),
    perS: pace.takenPerS(),
  }
  return [turns, ...pace.stages()]
}
