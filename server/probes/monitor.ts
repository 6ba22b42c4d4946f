import { readFileSync } from 'node:fs'
import { followCityAlert } from '../alerts/follow.ts'
import type { Context } from '../context.ts'
import { appendFacts } from '../facts/append.ts'
import type { Visited } from './record.ts'
import { Recorder } from './recorder.ts'
import { Schedule } from './schedule.ts'
import { createProber, type Prober } from './visit.ts'

/** Where the demo fleet listens and whose certificates it has. */
export interface FleetAddress {
  readonly httpPort: number
  readonly httpsPort: number
  readonly ca: string
}

export interface Monitor {
  readonly inFlight: () => number
  readonly waiting: () => number
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
  const { config } = ctx
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
  const recorder = new Recorder(ctx)
  const schedule = new Schedule({
    ctx,
    prober,
    demoProber,
    onVisit,
    record: (visited, onStored) => recorder.add(visited, onStored),
    onLine: (inDoubtSince) => tellLine(ctx, inDoubtSince),
  })
  await schedule.start()
  return {
    inFlight: () => schedule.inFlight,
    waiting: () => recorder.waiting,
    isWell: () => recorder.isWell,
    proberFor: (demo) => (demo && demoProber ? demoProber : prober),
    async stop() {
      prober.close()
      demoProber?.close()
      await schedule.stop()
      await recorder.flush()
    },
  }
}

/** The monitor's line is in doubt, or trusted again: one alert of the city's, and no site is blamed. */
function tellLine(ctx: Context, inDoubtSince: number | null): void {
  const isInDoubt = inDoubtSince !== null
  ctx.log.warn(
    { inDoubtSince },
    isInDoubt ? 'the line is in doubt: nobody is blamed' : 'the line is trusted again',
  )
  ctx.db
    .transaction()
    .execute(async (tx) =>
      appendFacts(tx, await followCityAlert(tx, 'LINE', isInDoubt ? 'critical' : null, {}, ctx.clock.now())),
    )
    .then(() => ctx.wake())
    .catch((error: unknown) => ctx.log.error({ err: error }, 'the state of the line could not be stored'))
}
