import { HOUR } from '../../../shared/base/time.ts'
import { STOPPED_HOURS } from '../../../shared/monitor/links/links-rules.ts'
import { doOrSetAside } from '../../base/aside/set-aside.ts'
import type { Context } from '../../base/context.ts'
import { type Jobs, queue } from '../../base/jobs.ts'
import type { Inspector } from '../inspections/crawl/inspector.ts'
import { startNightly } from './nightly.ts'
import { orphanScans, resumeForgotten, siteToScan, weeklyRunning } from './queries.ts'
import { recheckLinks } from './recheck.ts'
import { runSlice, type ScanParts } from './scan.ts'
import { startWeeklyScan } from './service.ts'

const SLICE_QUEUE = queue('links.slice')
/** The name by which installations have its schedule stored. */
const SCHEDULE_QUEUE = queue('links.tend')
/** One job works on a scan for so long; short, so that a job that died is soon taken up again. */
const SLICE_MS = 30_000
/** A scan that nobody goes on with so long after its lease is lost. */
const LOST_MS = 20_000
/** A scan that was stopped goes on by itself after so long. */
const STOPPED_MS = STOPPED_HOURS * HOUR
/** Scans under way in one process. */
const AT_ONCE = 3
/** Scans by the week under way at a time, in all processes. 640 sites in a week are one in 16 minutes. */
const WEEKLY_AT_ONCE = 2
/** One that takes longer than most by far, as pauses or answers are long, goes on beside those: it holds up no other site. */
const WEEKLY_MS = 2 * HOUR
/** What was begun has so long to end when this process does: most pages are there in a tenth of it. */
const GRACE_MS = 2_000
/** How soon the links of a rectification that was submitted are looked at. */
const RECHECK_LOOK_MS = 3_000
/** Sites whose broken links are visited again side by side in one process: one may take hours. The last place is for what somebody waits for. */
const RECHECKS_AT_ONCE = 3

export interface LinkWorker {
  stop(): Promise<void>
}

/** Asks for work on a scan, now or after so many ms, unless it is asked for already. Two asking for the same one is harmless: one gets it. */
export function sendSlice(jobs: Pick<Jobs, 'send'>, scanId: number, afterMs = 0): Promise<void> {
  return jobs.send(SLICE_QUEUE, { scanId }, { afterS: Math.ceil(afterMs / 1000), key: String(scanId) })
}

/** Works on scans as they are asked for, and each minute on what nobody asks for: lost scans, those by the week. */
export async function startLinkWorker(
  ctx: Context,
  jobs: Jobs,
  proberFor: ScanParts['proberFor'],
  inspector: Inspector,
): Promise<LinkWorker> {
  const stop = new AbortController()
  const cut = new AbortController()
  const slices = new Set<Promise<unknown>>()
  const parts = {
    ctx,
    proberFor,
    inspector,
    signal: stop.signal,
    cut: cut.signal,
    wait: (ms: number) => pause(ms, stop.signal),
  }
  await jobs.work<{ scanId: number }>(SLICE_QUEUE, AT_ONCE, async ({ scanId }) => {
    const slice = runSlice(parts, scanId, SLICE_MS)
    slices.add(slice)
    const againMs = await slice.finally(() => slices.delete(slice))
    // Also at the end of this process: it is what the next one begins with.
    if (againMs !== null) await sendSlice(jobs, scanId, againMs)
  })
  await jobs.work(SCHEDULE_QUEUE, 1, () => scheduleScans(ctx, (scanId) => sendSlice(jobs, scanId)))
  await jobs.every('* * * * *', SCHEDULE_QUEUE)
  const nightly = startNightly(parts)
  const rechecking = new Set<Promise<void>>()
  const timer = setInterval(() => {
    if (rechecking.size >= RECHECKS_AT_ONCE) return
    const isLastPlace = rechecking.size === RECHECKS_AT_ONCE - 1
    const one: Promise<void> = recheckNext(parts, isLastPlace).finally(() => rechecking.delete(one))
    rechecking.add(one)
  }, RECHECK_LOOK_MS)
  return {
    async stop() {
      clearInterval(timer)
      stop.abort()
      const grace = setTimeout(() => cut.abort(), GRACE_MS)
      await Promise.allSettled([...slices, nightly.stop(), ...rechecking])
      clearTimeout(grace)
      await inspector.close()
    },
  }
}

async function recheckNext(parts: ScanParts, onlyAsked: boolean): Promise<void> {
  try {
    await recheckLinks(parts, { onlyAsked })
  } catch (error) {
    parts.ctx.log.warn({ err: error }, 'links could not be visited again')
  }
}

/** Takes up scans that somebody let fall, and begins the next scan by the week if there is room for it. */
export async function scheduleScans(ctx: Context, send: (scanId: number) => Promise<void>): Promise<void> {
  const now = ctx.clock.now()
  await resumeForgotten(ctx.db, new Date(now - STOPPED_MS), new Date(now - LOST_MS - 1))
  for (const scanId of await orphanScans(ctx.db, new Date(now - LOST_MS))) await send(scanId)
  if (!ctx.config.weeklyScans) return
  if ((await weeklyRunning(ctx.db, new Date(now - WEEKLY_MS))) >= WEEKLY_AT_ONCE) return
  const siteId = await siteToScan(ctx.db, now)
  if (siteId === null) return
  const item = { kind: 'scan', ref: `site ${siteId}`, siteId } as const
  await doOrSetAside(ctx, item, async () => {
    const scanId = await startWeeklyScan(ctx, siteId)
    if (scanId !== null) await send(scanId)
  })
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end)
  })
}
