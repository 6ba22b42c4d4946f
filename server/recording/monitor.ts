import { readFileSync } from 'node:fs'
import { guarded, systemTimers } from '../base/clock.ts'
import type { Context } from '../base/context.ts'
import { columnVisits, type PageVisitParts } from '../monitor/schedule/column-visits.ts'
import { messageVisits } from '../monitor/schedule/message-visits.ts'
import type { Readings } from '../monitor/schedule/readings/readings.ts'
import { readerOf } from '../monitor/visit/reading/readers.ts'
import { createProber, type Prober } from '../monitor/visit/visit.ts'
import type { Visited } from '../monitor/visit/visited.ts'
import { startMeasuring } from './measuring.ts'

/** Where the demo fleet listens and whose certificates it has. */
export interface FleetAddress {
  readonly httpPort: number
  readonly httpsPort: number
  readonly ca: string
}

export interface Monitor {
  readonly inFlight: () => number
  readonly waiting: () => number
  /** Pages that wait to be read, and how that goes. */
  readonly readings: Pick<Readings, 'waiting' | 'room' | 'oldestMs' | 'perS' | 'refused'>
  /** Whether what was measured could be stored. */
  readonly isWell: () => boolean
  /** For visits that are no measurements; the demo's sites have a prober of their own. */
  readonly proberFor: (demo: boolean) => Prober
  stop(): Promise<void>
}

/** Starts visiting: one prober for the register, and another, which alone may reach loopback, for the demo. */
export async function startMonitor(
  ctx: Context,
  fleet: FleetAddress | null,
  onVisit: (visited: Visited) => void,
): Promise<Monitor> {
  const { config, log } = ctx
  const shared = { userAgent: config.userAgent, nowMs: () => ctx.clock.now() }
  const prober = createProber({
    ...shared,
    allowAddresses: config.allowAddresses,
    hosts: config.hosts,
    ...(config.extraCaFile ? { ca: readFileSync(config.extraCaFile, 'utf8') } : {}),
  })
  const demoProber = fleet
    ? createProber({
        ...shared,
        ca: fleet.ca,
        allowHosts: [`*.localhost:${fleet.httpPort}`, `*.localhost:${fleet.httpsPort}`],
      })
    : null
  const reader = readerOf(config, log)
  const measuring = await startMeasuring({
    ctx,
    timers: guarded(systemTimers, (error) => log.error({ err: error }, 'while measuring')),
    prober,
    demoProber,
    references: referencesOf(ctx, fleet),
    reader,
    onVisit,
  })
  const { schedule, recorder, readings } = measuring
  const proberFor = (demo: boolean) => (demo && demoProber ? demoProber : prober)
  const parts: PageVisitParts = {
    ctx,
    proberOf: ({ demo }) => proberFor(demo),
    reader,
    alone: (site, work) => void schedule.alone(site, work),
  }
  const daily = [columnVisits(parts), messageVisits(parts)]
  for (const visits of daily) visits.start()
  return {
    inFlight: () => schedule.inFlight,
    waiting: () => recorder.waiting,
    readings,
    isWell: () => recorder.isWell,
    proberFor,
    async stop() {
      prober.close()
      demoProber?.close()
      await reader.close()
      for (const visits of daily) await visits.stop()
      await measuring.stop()
    },
  }
}

/** The demo is judged by hosts of its fleet, which stand at the far end of its line. */
function referencesOf({ config }: Context, fleet: FleetAddress | null): readonly string[] {
  if (!fleet) return config.referenceTargets
  return [1, 2, 3].map((number) => `http://reference-${number}.localhost:${fleet.httpPort}/`)
}
