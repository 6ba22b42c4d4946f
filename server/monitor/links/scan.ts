import type { NewFact } from '../../../shared/base/facts.ts'
import { setAside } from '../../base/aside/set-aside.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { againAfterDeadlock } from '../../base/db/deadlock.ts'
import { isLasting } from '../../base/db/failure.ts'
import { commitFacts } from '../../base/facts/commit.ts'
import { concludeLook } from '../inspections/crawl/conclude.ts'
import type { Inspector } from '../inspections/crawl/inspector.ts'
import { Looker } from '../inspections/crawl/looker.ts'
import { measureSite } from '../inspections/crawl/measure.ts'
import { siteFactsOf } from '../inspections/crawl/site-facts.ts'
import type { SiteFacts } from '../inspections/rule.ts'
import { followHosts } from '../outbound/looks/follow.ts'
import { settleForeign } from '../outbound/notes.ts'
import type { Prober } from '../visit/visit.ts'
import { endLook, finishScan } from './ending/finish.ts'
import { type Crawl, followLink, LINKS_PER_PAGE } from './follow-link.ts'
import { storeFound } from './found.ts'
import { leaseScan, nextTarget, nextTime } from './queries.ts'
import { probeSoft404, type SoftPage } from './soft-404.ts'

/** Longer than any visit: whoever does not come back within it is gone. */
const LEASE_MS = 45_000
/** A longer pause between two requests is waited for by nobody: other scans have their turn meanwhile. */
const LONG_PAUSE_MS = 10_000
/** Whoever goes on with a scan comes so much later than it may be gone on with: clocks are not quite alike. */
const LATER_MS = 1_000
/** What may take longer than that keeps the scan so often. */
const RENEW_MS = LEASE_MS / 3

export interface ScanParts {
  readonly ctx: Context
  /** The demo's sites are on loopback, where only the demo's prober may go. */
  readonly proberFor: (demo: boolean) => Prober
  /** What is fetched is looked at by the rules of the machine as well. */
  readonly inspector: Inspector
  /** No more is begun. */
  readonly signal: AbortSignal
  /** What was begun is broken off: later than the other, so that what was asked is stored, too, and not asked again. */
  readonly cut: AbortSignal
  readonly wait: (ms: number) => Promise<void>
}

type Scan = NonNullable<Awaited<ReturnType<typeof leaseScan>>>

/**
 * Works on a scan for about `sliceMs`: one link after the other, with the scan's pause between them. Everything
 * that was learnt is stored link by link, so a scan goes on wherever it was, after a stop as after a crash.
 * @returns milliseconds after which to go on; null when the scan is done, stopped, or in other hands.
 */
export async function runSlice(parts: ScanParts, scanId: number, sliceMs: number): Promise<number | null> {
  const { ctx } = parts
  let siteId: number | null = null
  try {
    const scan = await leaseScan(ctx.db, scanId, ctx.clock.now(), LEASE_MS)
    if (!scan) return null
    siteId = scan.site_id
    return await goOn(parts, scan, sliceMs)
  } catch (error) {
    const item = { kind: 'scan', ref: String(scanId), siteId } as const
    if (!isLasting(error) || !(await setAside(ctx, item, error))) throw error
    return null
  }
}

async function goOn(parts: ScanParts, scan: Scan, sliceMs: number): Promise<number | null> {
  const { ctx, signal, inspector } = parts
  const { db, clock } = ctx
  const site = await siteFactsOf(db, scan.site_id, clock.now())
  const looker = new Looker(db, inspector, site, LINKS_PER_PAGE)
  const held: Crawl['held'] = (work) => whileHeld(ctx, scan, work)
  const crawl: Crawl = { ctx, scan, looker, prober: parts.proberFor(scan.demo), cut: parts.cut, held }
  scan.soft404 ??= await held(() => askForNothing(parts, scan))
  const endMs = clock.now() + sliceMs
  while (!signal.aborted && clock.now() < endMs) {
    const target = await nextTarget(db, scan.id, new Date(clock.now()))
    if (!target) return pauseOrFinish(parts, scan, site)
    const pauseMs = await followLink(crawl, target)
    if (signal.aborted) break
    if (pauseMs > LONG_PAUSE_MS) return (await holdScan(ctx, scan, pauseMs)) ? pauseMs + LATER_MS : null
    await parts.wait(pauseMs)
    if (!(await holdScan(ctx, scan, LEASE_MS + pauseMs))) return null
  }
  return (await holdScan(ctx, scan, 0)) ? 0 : null
}

/** What the site answers where it has nothing, asked once in a scan. */
async function askForNothing({ ctx, proberFor, cut }: ScanParts, scan: Scan): Promise<SoftPage | null> {
  const soft = await probeSoft404(proberFor(scan.demo), scan.url, cut)
  if (cut.aborted) return null
  await ctx.db
    .updateTable('link_scan')
    .set({ soft404: JSON.stringify(soft) })
    .where('id', '=', scan.id)
    .execute()
  return soft
}

/** Nothing to visit right now: links wait for their second visit, or all is done. */
async function pauseOrFinish(parts: ScanParts, scan: Scan, site: SiteFacts): Promise<number | null> {
  const { ctx, signal } = parts
  const next = await nextTime(ctx.db, scan.id)
  if (next) {
    const restMs = Math.max(0, next.getTime() - ctx.clock.now())
    return (await holdScan(ctx, scan, restMs)) ? restMs : null
  }
  const hold = (ms: number) => holdScan(ctx, scan, LEASE_MS + ms)
  const by = { ctx, prober: parts.proberFor(scan.demo), inspector: parts.inspector, signal, hold }
  const measured = await measureSite(by, site, scan.id)
  if (!measured) return null
  const now = ctx.clock.now()
  let hosts: readonly number[] = []
  const end = async (tx: Tx): Promise<readonly NewFact[]> => {
    const done = scan.brief
      ? await endLook(tx, scan.id)
      : await finishScan(tx, scan.id, scan.site_id, new Date(now))
    if (!done) return []
    // One that could not even read the home page has seen nothing to be gone.
    const look = { scanId: scan.id, siteId: scan.site_id, isWhole: !done.is_cut && done.pages > 0 }
    await concludeLook(tx, look, measured, new Date(now))
    hosts = await settleForeign(
      tx,
      { id: scan.id, siteId: scan.site_id, isWhole: look.isWhole },
      new Date(now),
    )
    const own = { id: scan.id, siteId: scan.site_id }
    const links = scan.brief ? [] : await storeFound(ctx, tx, own, now, done.isSettled)
    return [...links, ...(await ctx.after.inspected(tx, [scan.site_id], now))]
  }
  await againAfterDeadlock(() => commitFacts(ctx, end))
  // By itself: alerts are locked in the order of their numbers.
  await commitFacts(ctx, (tx) => followHosts(ctx, tx, hosts, now))
  return null
}

/**
 * Keeps the scan for so many ms more: only who leased it last does, as `next_at` says. False: it was stopped, or somebody else took it
 * when its time was over.
 */
async function holdScan({ db, clock }: Context, scan: Scan, leaseMs: number): Promise<boolean> {
  const nextAt = new Date(clock.now() + leaseMs)
  const { numUpdatedRows } = await db
    .updateTable('link_scan')
    .set({ next_at: nextAt })
    .where('id', '=', scan.id)
    .where('state', '=', 'running')
    .where('version', '=', scan.version)
    .where('next_at', '=', scan.next_at)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return false
  scan.next_at = nextAt
  return true
}

/** Keeps the scan while something is done that may wait for others, as a page does for the one thread that looks at pages. */
async function whileHeld<T>(ctx: Context, scan: Scan, work: () => Promise<T>): Promise<T> {
  let renewing: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    renewing = renewing
      .then(() => holdScan(ctx, scan, LEASE_MS))
      .catch((error: unknown) => ctx.log.warn({ err: error, scan: scan.id }, 'a scan could not be kept'))
  }, RENEW_MS)
  try {
    return await work()
  } finally {
    clearInterval(timer)
    await renewing
  }
}
