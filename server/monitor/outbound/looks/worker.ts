import { MINUTE } from '../../../../shared/base/time.ts'
import type { Context } from '../../../base/context.ts'
import { type Jobs, queue } from '../../../base/jobs.ts'
import { LIMITS } from '../limits.ts'
import { isDomainRegistered, type LookParts, lookAtDue } from './look.ts'

const QUEUE = queue('outbound.look')

/** Looks each minute at the foreign hosts whose time has come; not in the first minute of a process, which others need. */
export async function startOutboundWorker(
  ctx: Context,
  jobs: Jobs,
  proberFor: LookParts['proberFor'],
): Promise<{ stop(): void }> {
  const stop = new AbortController()
  const parts: LookParts = { ctx, proberFor, isRegistered: isDomainRegistered, signal: stop.signal }
  const sinceMs = ctx.clock.now()
  await jobs.work(QUEUE, 1, async () => {
    if (ctx.clock.now() - sinceMs >= MINUTE) await lookAtDue(parts, LIMITS.looks.perMinute)
  })
  await jobs.every('* * * * *', QUEUE)
  return { stop: () => stop.abort() }
}
