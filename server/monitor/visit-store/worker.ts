import { MINUTE } from '../../../shared/base/time.ts'
import type { Context } from '../../base/context.ts'
import { agreedTime } from '../../base/db/line/agreed-time.ts'
import { type Jobs, queue } from '../../base/jobs.ts'
import { packStep } from './packing.ts'
import { dropOldVisits } from './partitions.ts'

export const PACK_QUEUE = queue('visits.pack')
/** One job packs for so long; what is left is for the next. */
const SLICE_MS = MINUTE
/** A day comes due once a day; looking is cheap. */
const LOOK = '7 * * * *'
/** What came due while everything was off is caught up with when a start is over. */
const AFTER_START_S = 60

export interface PackWorker {
  stop(): void
}

/** Packs days that are over for long, in the background, once for all processes. */
export async function startPackWorker(ctx: Context, jobs: Jobs): Promise<PackWorker> {
  const stop = new AbortController()
  await jobs.work(PACK_QUEUE, 1, async () => {
    try {
      const failures: unknown[] = []
      // First, so that nothing is packed only to be dropped.
      await dropOld(ctx).catch((error: unknown) => failures.push(error))
      if (!(await packFor(ctx, failures, stop.signal))) await jobs.send(PACK_QUEUE, {})
      else if (failures.length > 0) throw new AggregateError(failures, 'some days were left as they are')
    } catch (error) {
      ctx.log.error({ err: error }, 'old visits could not be packed; it is tried again')
      throw error
    }
  })
  await jobs.every(LOOK, PACK_QUEUE)
  await jobs.send(PACK_QUEUE, {}, { afterS: AFTER_START_S })
  return { stop: () => stop.abort() }
}

async function dropOld(ctx: Context): Promise<void> {
  const nowMs = await agreedTime(ctx)
  if (nowMs !== null) await dropOldVisits(ctx.db, nowMs, ctx.config.visitRetentionDays)
}

/**
 * Packs until no day is due; leaves others as much of the database's time as it takes. A day that cannot be packed now
 * keeps no other waiting: it is left to the next job, and why goes to `failures`.
 * @returns whether all is done.
 */
async function packFor(ctx: Context, failures: unknown[], signal: AbortSignal): Promise<boolean> {
  const endMs = performance.now() + SLICE_MS
  const left = new Set<string>()
  while (performance.now() < endMs && !signal.aborted) {
    const startMs = performance.now()
    const before = left.size
    const isMore = await packStep(ctx, left).catch((error: unknown) => {
      // Not because of a day: the database is away.
      if (left.size === before) throw error
      return failures.push(error) > 0
    })
    if (!isMore) return true
    const tookMs = performance.now() - startMs
    await new Promise((resolve) => setTimeout(resolve, tookMs))
  }
  return false
}
