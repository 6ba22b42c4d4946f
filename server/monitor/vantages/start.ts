import { guarded, systemTimers } from '../../base/clock.ts'
import type { VantageConfig } from '../../base/config.ts'
import type { Context } from '../../base/context.ts'
import type { Prober } from '../visit/visit.ts'
import { Looking, type LookingParts } from './looking.ts'

/** A monitor that looks from another place. */
export interface Vantage {
  readonly inFlight: () => number
  readonly waiting: () => number
  /** Whether what was seen could be stored. */
  readonly isWell: () => boolean
  stop(): Promise<void>
}

/** Starts to look at all sites from a place, at the interval of the home place. */
export async function startVantage(
  ctx: Context,
  place: VantageConfig,
  prober: Prober,
  onLook: LookingParts['onLook'],
): Promise<Vantage> {
  const { visitConcurrency, referenceTargets } = ctx.config
  const looking = await Looking.start({
    ...{ ctx, onLook, references: referenceTargets, most: visitConcurrency, rarer: 1 },
    timers: guarded(systemTimers, (error) => ctx.log.error({ err: error }, 'while looking')),
    place: { ...place, demo: false },
    proberFor: () => prober,
  })
  return {
    inFlight: () => looking.inFlight,
    waiting: () => looking.waiting,
    isWell: () => looking.isWell,
    async stop() {
      prober.close()
      await looking.stop()
    },
  }
}
