import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { AsideCounts } from '../../base/aside/queries.ts'
import { counted } from '../../city/sockets/counts.ts'
import type { Readings } from '../../monitor/schedule/readings/readings.ts'
import type { LookingParts } from '../../monitor/vantages/looking.ts'
import type { PlaceHeard } from '../../monitor/vantages/queries.ts'
import type { Visited } from '../../monitor/visit/visited.ts'
import type { MonitorPace } from '../../recording/monitor.ts'
import { briefly } from './briefly.ts'
import { paceMetrics } from './pace-metrics.ts'
import { type RenderSources, renderMetrics } from './render-metrics.ts'
import { vantageMetrics } from './vantage-metrics.ts'

/** What the rest of the program knows at the moment of a scrape. */
export interface MetricSources {
  inFlight: () => number
  waiting: () => number
  readings: () => Pick<Readings, 'waiting' | 'oldestMs' | 'refused'> | null
  sockets: () => number
  strangers: () => number
  connectionsRefused: () => number
  factSeq: () => number
  sitesByState: () => Record<string, number>
  lateDays: () => number
  aside: () => AsideCounts
  /** Other places that sites are looked at from, as of the last minute. */
  places: () => readonly PlaceHeard[]
  /** Epoch ms. */
  now: () => number
  /** By how much that is ahead of the database's time, ms. */
  aheadMs: () => Promise<number>
  /** Of the monitor in this process; null without one. */
  pace: () => MonitorPace | null
  /** p99 of the last minute, ms. */
  loopLateMs: () => number
  rendering: RenderSources
}

export interface Metrics {
  readonly noteVisit: (visited: Visited) => void
  readonly noteLook: LookingParts['onLook']
  readonly text: () => Promise<string>
}

/** The Prometheus metrics of one process. */
export function createMetrics(sources: MetricSources): Metrics {
  const registers = [new Registry()]
  const [registry] = registers
  collectDefaultMetrics(registry ? { register: registry } : {})
  const visits = new Counter({
    name: 'siteward_visits_total',
    help: 'Visits made, by outcome and cause.',
    labelNames: ['outcome', 'cause'] as const,
    registers,
  })
  const seconds = new Histogram({
    name: 'siteward_visit_duration_seconds',
    help: 'Duration of whole visits.',
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15],
    registers,
  })
  const readings = new Counter({
    name: 'siteward_readings_total',
    help: 'Pages read, by what was found.',
    labelNames: ['outcome'] as const,
    registers,
  })
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read())
      },
    })
  gauge(
    'siteward_loop_late_seconds',
    'How late the event loop was in the last minute, p99.',
    () => sources.loopLateMs() / 1000,
  )
  const ahead = briefly(sources.aheadMs)
  new Gauge({
    name: 'siteward_clock_ahead_seconds',
    help: "By how much this machine's clock is ahead of the database's.",
    registers,
    async collect() {
      const aheadMs = await ahead()
      if (aheadMs !== null) this.set(aheadMs / 1_000)
    },
  })
  paceMetrics(registers, sources.pace)
  renderMetrics(registers, sources.rendering, sources.now)
  gauge('siteward_visits_in_flight', 'Visits under way.', sources.inFlight)
  gauge('siteward_visits_waiting', 'Visits made and not yet stored.', sources.waiting)
  gauge(
    'siteward_readings_waiting',
    'Pages visited and not yet read.',
    () => sources.readings()?.waiting ?? 0,
  )
  gauge(
    'siteward_readings_oldest_seconds',
    'For how long the page has waited that waits the longest.',
    () => (sources.readings()?.oldestMs ?? 0) / 1_000,
  )
  gauge(
    'siteward_readings_refused',
    'Pages that found no place to wait since the start; their sites are still due.',
    () => sources.readings()?.refused ?? 0,
  )
  gauge('siteward_sockets', 'Browsers that listen.', sources.sockets)
  gauge('siteward_sockets_of_nobody', 'Connections that are not signed in, or not yet.', sources.strangers)
  gauge(
    'siteward_connections_refused',
    'Connections that found no place since the start.',
    sources.connectionsRefused,
  )
  gauge('siteward_days_not_packed', 'Days of visits that should have been packed long ago.', sources.lateDays)
  gauge(
    'siteward_set_aside',
    'What cannot be stored or done, and is set aside now.',
    () => sources.aside().open,
  )
  new Gauge({
    name: 'siteward_set_aside_times',
    help: 'How often something was set aside, by kind, within what is kept.',
    labelNames: ['kind'] as const,
    registers,
    collect() {
      for (const [kind, times] of Object.entries(sources.aside().times)) this.set({ kind }, times)
    },
  })
  gauge('siteward_fact_seq', 'Number of the last fact told.', sources.factSeq)
  new Gauge({
    name: 'siteward_live_limits',
    help: 'Handshakes and subscriptions refused, and connections dropped, since the start.',
    labelNames: ['kind', 'reason'] as const,
    registers,
    collect() {
      for (const { kind, reason, count } of counted()) this.set({ kind, reason }, count)
    },
  })
  new Gauge({
    name: 'siteward_sites',
    help: 'Sites by state.',
    labelNames: ['state'] as const,
    registers,
    collect() {
      for (const [state, count] of Object.entries(sources.sitesByState())) this.set({ state }, count)
    },
  })
  return {
    noteLook: vantageMetrics(registers, sources),
    noteVisit({ result, finding, isReading }) {
      if (isReading) {
        readings.inc({ outcome: finding?.outcome ?? 'none' })
        return
      }
      visits.inc({ outcome: result.outcome, cause: result.cause ?? 'none' })
      if (result.totalMs !== null) seconds.observe(result.totalMs / 1000)
    },
    text: async () => (await Promise.all(registers.map((one) => one.metrics()))).join('\n'),
  }
}
