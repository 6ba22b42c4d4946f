import { MINUTE } from '../../shared/time.ts'
import type { Context } from '../context.ts'
import type { Jobs } from '../jobs.ts'
import { dropOldVisits } from '../probes/partitions.ts'
import { packStep } from './packing.ts'

const QUEUE = 'visits.pack'
/** One job packs for so long; what is left is for the next. */
const SLICE_MS = MINUTE
/** A day comes due once a day; looking is cheap, and a machine that was off catches up. */
const LOOK = '7 * * * *'

export interface PackWorker {
  stop(): void
}

/** Packs days that are over for long, in the background, once for all processes. */
export async function startPackWorker(ctx: Context, jobs: Jobs): Promise<PackWorker> {
  const stop = new AbortController()
  await jobs.work(QUEUE, 1, async () => {
    try {
      // First, so that nothing is packed only to be dropped.
      await dropOldVisits(ctx.db, ctx.clock.now(), ctx.config.visitRetentionDays)
      if (!(await packFor(ctx, SLICE_MS, stop.signal))) await jobs.send(QUEUE, {})
    } catch (error) {
      ctx.log.error({ err: error }, 'old visits could not be packed; it is tried again')
      throw error
    }
  })
  await jobs.every(LOOK, QUEUE)
  return { stop: () => stop.abort() }
}

/** Packs until no day is due; leaves others as much of the database's time as it takes. @returns whether all is done. */
async function packFor(ctx: Context, ms: number, signal: AbortSignal): Promise<boolean> {
  const endMs = performance.now() + ms
  while (performance.now() < endMs && !signal.aborted) {
    const startMs = performance.now()
    if (!(await packStep(ctx))) return true
    const tookMs = performance.now() - startMs
    await new Promise((resolve) => setTimeout(resolve, tookMs))
  }
  return false
}
