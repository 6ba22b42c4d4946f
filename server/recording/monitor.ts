import { readFileSync } from 'node:fs'
import { guarded, systemTimers } from '../base/clock.ts'
import type { Context } from '../base/context.ts'
import type { Stage } from '../monitor/pace/stage.ts'
import { columnVisits, type PageVisitParts } from '../monitor/schedule/daily/column-visits.ts'
import { messageVisits } from '../monitor/schedule/daily/message-visits.ts'
import type { Readings } from '../monitor/schedule/readings/readings.ts'
import type { Schedule } from '../monitor/schedule/schedule.ts'
import type { Reader } from '../monitor/visit/reading/reader.ts'
import { readerOf } from '../monitor/visit/reading/readers.ts'
import { type AskingProber, createProber } from '../monitor/visit/visit.ts'
import type { Visited } from '../monitor/visit/visited.ts'
import { startMeasuring } from './measuring.ts'
import type { Recorder } from './recorder.ts'

/** Where the demo fleet listens and whose certificates it has. */
export interface FleetAddress {
  readonly httpPort: number
  readonly httpsPort: number
  readonly ca: string
  /** IPv6 addresses of its sites that have one, by host. */
  readonly hosts6?: Readonly<Record<string, string>>
}

/** What a monitor knows of its own pace. */
export interface MonitorPace {
  readonly stages: () => readonly Stage[]
  /** Turns come so late, ms. */
  readonly behindMs: () => number
  /** Visits a second: that may begin (infinite while nothing is held back), that can be carried, that are asked for. */
  readonly limitPerS: () => number
  readonly capacityPerS: () => number
  readonly askedPerS: () => number
  /** Turns that are due, as of the last minute; and that were taken a second, lately. */
  readonly due: () => number
  readonly takenPerS: () => number
  /** Visits under way that have not begun, by what they wait for; and connections that are being opened. */
  readonly held: () => Schedule['held']
  readonly opening: () => number
}

export interface Monitor {
  readonly inFlight: () => number
  readonly waiting: () => number
  /** Pages that wait to be read, and how that goes. */
  readonly readings: Pick<Readings, 'waiting' | 'room' | 'oldestMs' | 'perS' | 'refused'>
  /** How it keeps pace, for metrics. */
  readonly pace: MonitorPace
  /** Whether what was measured could be stored. */
  readonly isWell: () => boolean
  /** For visits that are no measurements; the demo's sites have a prober of their own. */
  readonly proberFor: (demo: boolean) => AskingProber
  /** Where plain and secure servers listen. */
  readonly portsFor: (demo: boolean) => { readonly http: number; readonly https: number }
  /** By what it knows its own line. */
  readonly references: readonly string[]
  /** Who reads its pages and records what is seen, for whoever sees more of them. */
  readonly reader: Reader
  readonly recorder: Pick<Recorder, 'add'>
  stop(): Promise<void>
}

const PORTS = { http: 80, https: 443 }

const sharedBy = ({ config, clock }: Context) => ({ userAgent: config.userAgent, nowMs: () => clock.now() })

/** Visits the sites of the register, as the settings say. */
export function registerProber(ctx: Context): AskingProber {
  const { allowAddresses, hosts, extraCaFile } = ctx.config
  return createProber({
    ...sharedBy(ctx),
    allowAddresses,
    hosts,
    ...(extraCaFile ? { ca: readFileSync(extraCaFile, 'utf8') } : {}),
  })
}

/** Starts visiting: one prober for the register, and another, which alone may reach loopback, for the demo. */
export async function startMonitor(
  ctx: Context,
  fleet: FleetAddress | null,
  onVisit: (visited: Visited) => void,
  loopLateMs: () => number,
): Promise<Monitor> {
  const { config, log } = ctx
  const prober = registerProber(ctx)
  const demoProber = fleet
    ? createProber({
        ...sharedBy(ctx),
        ca: fleet.ca,
        hosts6: fleet.hosts6 ?? {},
        allowHosts: [`*.localhost:${fleet.httpPort}`, `*.localhost:${fleet.httpsPort}`],
      })
    : null
  const reader = readerOf(config, log)
  const references = referencesOf(ctx, fleet)
  const measuring = await startMeasuring({
    ctx,
    timers: guarded(systemTimers, (error) => log.error({ err: error }, 'while measuring')),
    prober,
    demoProber,
    references,
    reader,
    onVisit,
    loopLateMs,
  })
  const { schedule, recorder, readings, pace } = measuring
  const proberFor = (demo: boolean) => (demo && demoProber ? demoProber : prober)
  const parts: PageVisitParts = {
    ctx,
    proberOf: ({ demo }) => proberFor(demo),
    reader,
    alone: (site, work) => schedule.alone(site, work),
  }
  const daily = [columnVisits(parts), messageVisits(parts)]
  for (const visits of daily) visits.start()
  return {
    inFlight: () => schedule.inFlight,
    waiting: () => recorder.waiting,
    readings,
    isWell: () => recorder.isWell,
    pace: {
      stages: measuring.stages,
      behindMs: () => schedule.behind.ms,
      limitPerS: () => schedule.limitPerS,
      capacityPerS: () => pace.capacityPerS,
      askedPerS: () => pace.asked.askedPerS,
      due: () => pace.asked.due,
      takenPerS: () => schedule.takenPerS,
      held: () => schedule.held,
      opening: () => schedule.opening,
    },
    proberFor,
    portsFor: (demo) => (demo && fleet ? { http: fleet.httpPort, https: fleet.httpsPort } : PORTS),
    references,
    reader,
    recorder,
    async stop() {
      // Who reads is told first: a page that is broken off then says nothing of its site, and stays due.
      const ended = [readings.stop(), ...daily.map((visits) => visits.stop())]
      prober.close()
      demoProber?.close()
      await reader.close()
      await measuring.stop()
      await Promise.all(ended)
    },
  }
}

/** The demo is judged by hosts of its fleet, which stand at the far end of its line. */
function referencesOf({ config }: Context, fleet: FleetAddress | null): readonly string[] {
  if (!fleet) return config.referenceTargets
  return [1, 2, 3].map((number) => `http://reference-${number}.localhost:${fleet.httpPort}/`)
}
