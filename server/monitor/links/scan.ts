import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import { setAside } from '../../base/aside/set-aside.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { isLasting } from '../../base/db/failure.ts'
import { tryPart } from '../../base/db/part.ts'
import { commitFacts } from '../../base/facts/commit.ts'
import { inSlices } from '../../base/slices.ts'
import type { Prober, Visit } from '../visit/visit.ts'
import { isInside, shapeOf } from './address.ts'
import { linksOf } from './extract.ts'
import { storeFound } from './found.ts'
import { addTargets, finishScan, hashOf, leaseScan, type NewTarget, nextTarget, nextTime } from './queries.ts'
import { isNoFile, judgeLink, SECOND_VISIT_MS, sightOf } from './rules.ts'
import type { LinkTargetTable } from './tables.ts'

/** Links taken from one page; a page with more is no page for people. */
const LINKS_PER_PAGE = 1_500
/** Addresses that one template may make (`/news/123.html`, `?page=9`): a generator without end stops here. */
const PER_SHAPE = 300
/** Longer than any visit: whoever does not come back within it is gone. */
const LEASE_MS = 45_000

export interface ScanParts {
  readonly ctx: Context
  /** The demo's sites are on loopback, where only the demo's prober may go. */
  readonly proberFor: (demo: boolean) => Prober
  readonly signal: AbortSignal
  readonly wait: (ms: number) => Promise<void>
}

type Scan = NonNullable<Awaited<ReturnType<typeof leaseScan>>>
type Target = Selectable<LinkTargetTable>

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
  const { ctx, signal } = parts
  const { db, clock } = ctx
  const endMs = clock.now() + sliceMs
  while (!signal.aborted && clock.now() < endMs) {
    const target = await nextTarget(db, scan.id, new Date(clock.now()))
    if (!target) return pauseOrFinish(parts, scan)
    await followLink(parts, scan, target)
    if (signal.aborted) break
    await parts.wait(scan.delay_ms)
    if (!(await holdScan(ctx, scan, LEASE_MS + scan.delay_ms))) return null
  }
  return (await holdScan(ctx, scan, 0)) ? 0 : null
}

/** Nothing to visit right now: links wait for their second visit, or all is done. */
async function pauseOrFinish({ ctx }: ScanParts, scan: Scan): Promise<number | null> {
  const now = ctx.clock.now()
  const next = await nextTime(ctx.db, scan.id)
  if (next) {
    const restMs = Math.max(0, next.getTime() - now)
    return (await holdScan(ctx, scan, restMs)) ? restMs : null
  }
  await commitFacts(ctx, async (tx) => {
    if (!(await finishScan(tx, scan.id, scan.site_id, new Date(now)))) return []
    return storeFound(ctx, tx, { id: scan.id, siteId: scan.site_id }, now)
  })
  return null
}

/** Keeps the scan for so many ms more. False: it was stopped, and perhaps resumed by somebody else, meanwhile. */
async function holdScan({ db, clock }: Context, scan: Scan, leaseMs: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('link_scan')
    .set({ next_at: new Date(clock.now() + leaseMs) })
    .where('id', '=', scan.id)
    .where('state', '=', 'running')
    .where('version', '=', scan.version)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Pages of the site that are near enough are read; of anything else the head of the answer is enough. */
function isRead(scan: Scan, target: Target): boolean {
  const isPage = target.kind === 'page' || target.kind === 'system'
  return isPage && target.is_inside && target.depth <= scan.max_depth && target.visits === 0
}

function visitTarget(parts: ScanParts, scan: Scan, target: Target): Promise<Visit> {
  const prober = parts.proberFor(scan.demo)
  return prober.visit({ url: target.url, headOnly: !isRead(scan, target), signal: parts.signal })
}

async function followLink(parts: ScanParts, scan: Scan, target: Target): Promise<void> {
  const { ctx, signal } = parts
  try {
    const visit = await visitTarget(parts, scan, target)
    if (!signal.aborted) await recordLink(ctx, scan, target, visit)
  } catch (error) {
    if (!isLasting(error) || !(await setAside(ctx, linkItem(scan, target.url), error))) throw error
    await ctx.db
      .updateTable('link_target')
      .set({ state: 'unmeasured', visits: target.visits + 1 })
      .where('id', '=', target.id)
      .execute()
  }
}

const linkItem = ({ id, site_id }: Scan, url: string, data = {}) =>
  ({ kind: 'link', ref: url, siteId: site_id, data: { scan: id, ...data } }) as const

async function recordLink(ctx: Context, scan: Scan, target: Target, visit: Visit): Promise<void> {
  const { result } = visit
  const now = ctx.clock.now()
  const isSwapped = result.outcome === 'ok' && isNoFile(target.kind, visit.headers['content-type'])
  const after = judgeLink(target, isSwapped ? 'broken' : sightOf(result))
  const found = isRead(scan, target) ? await targetsOf(scan, target, visit) : null
  const refused = await ctx.db.transaction().execute(async (tx) => {
    await tx
      .updateTable('link_target')
      .set({
        state: after.state,
        gone: after.gone,
        visits: target.visits + 1,
        status: result.status,
        cause: isSwapped ? 'not_a_file' : result.cause,
        next_at: new Date(now + SECOND_VISIT_MS),
      })
      .where('id', '=', target.id)
      .execute()
    const { pages } = await tx
      .updateTable('link_scan')
      .set({ checked: sql`checked + 1`, pages: sql`pages + ${found ? 1 : 0}::int` })
      .where('id', '=', scan.id)
      .returning('pages')
      .executeTakeFirstOrThrow()
    if (!found) return []
    const isOut = pages > scan.max_pages
    const limits = { limit: scan.max_links, perShape: PER_SHAPE, now: new Date(now) }
    const added = isOut ? NONE : await addStorable(tx, scan.id, found.targets, limits)
    if (isOut || added.isLeftOut || found.isCut) {
      await tx.updateTable('link_scan').set({ is_cut: true }).where('id', '=', scan.id).execute()
    }
    return added.refused
  })
  for (const { target: one, error } of refused) {
    await setAside(ctx, linkItem(scan, one.url, { foundOn: one.foundOn, text: one.foundText }), error)
  }
}

interface Added {
  readonly isLeftOut: boolean
  readonly refused: readonly { readonly target: NewTarget; readonly error: unknown }[]
}
const NONE: Added = { isLeftOut: false, refused: [] }

/** Adds links; one that cannot be stored for a reason that will stay is found by halves, and left out. */
async function addStorable(
  tx: Tx,
  scanId: number,
  targets: readonly NewTarget[],
  limits: Parameters<typeof addTargets>[3],
): Promise<Added> {
  let isLeftOut = false
  const refused = await tryPart(tx, async () => {
    isLeftOut = await addTargets(tx, scanId, targets, limits)
  })
  if (!refused) return { isLeftOut, refused: [] }
  const [target] = targets
  if (target && targets.length === 1) {
    return { isLeftOut: true, refused: [{ target, error: refused.error }] }
  }
  const half = Math.ceil(targets.length / 2)
  const first = await addStorable(tx, scanId, targets.slice(0, half), limits)
  const rest = await addStorable(tx, scanId, targets.slice(half), limits)
  return {
    isLeftOut: first.isLeftOut || rest.isLeftOut,
    refused: [...first.refused, ...rest.refused],
  }
}

/** The links of a page that opened and is on the site still, after all redirects. */
async function targetsOf(scan: Scan, target: Target, { result, body, headers }: Visit) {
  const pageUrl = result.finalUrl ?? target.url
  const isHtml = /html|^$/.test(headers['content-type'] ?? '')
  if (result.outcome !== 'ok' || body === null || !isHtml) return null
  // The home page may well be somewhere else; any other page that leads away is somebody else's.
  if (target.depth > 0 && !isInside(new URL(pageUrl), scan.url)) return null
  const { links, isCut } = await inSlices(linksOf(body, headers['content-type'], pageUrl, LINKS_PER_PAGE))
  const siteUrl = target.depth === 0 ? pageUrl : scan.url
  const targets = links
    .filter((link) => hashOf(link.url.href) !== target.url_hash)
    .map(
      ({ url, kind, text }): NewTarget => ({
        url: url.href,
        shape: shapeOf(url),
        kind,
        inside: isInside(url, siteUrl) || isInside(url, scan.url),
        depth: target.depth + 1,
        onHome: target.depth === 0,
        foundOn: pageUrl,
        foundText: text,
      }),
    )
  return { targets, isCut }
}
