import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import { localDay } from '../../../shared/base/time.ts'
import { MACHINE } from '../../../shared/monitor/inspections/catalogue.ts'
import { setAside } from '../../base/aside/set-aside.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { isLasting } from '../../base/db/failure.ts'
import { tryPart } from '../../base/db/part.ts'
import type { Looker, Sight, Stop } from '../inspections/crawl/looker.ts'
import { pagesOfProblems } from '../inspections/crawl/problems.ts'
import { isInside } from '../inspections/page/address.ts'
import { noteForeign } from '../outbound/notes.ts'
import { shownAddress, shownText } from '../persons/address.ts'
import type { Prober, Visit } from '../visit/visit.ts'
import { toSeeAgain } from './ending/before.ts'
import { leaveRest, pauseAfter, whyOver } from './pace.ts'
import { addTargets, type leaseScan } from './queries.ts'
import {
  isNoFile,
  judgeLink,
  type NewTarget,
  rememberedTarget,
  SECOND_VISIT_MS,
  SOFT_CAUSE,
  sightOf,
  targetsOf,
} from './rules.ts'
import { isSoftPage } from './soft-404.ts'
import type { LinkTargetTable } from './tables.ts'

/** Links taken from one page; a page with more is no page for people. */
export const LINKS_PER_PAGE = 1_500
/** Addresses that one template may make (`/news/123.html`, `?page=9`): a generator without end stops here. */
const PER_SHAPE = 300

type Scan = NonNullable<Awaited<ReturnType<typeof leaseScan>>>
type Target = Selectable<LinkTargetTable>

/** A scan that somebody is at. */
export interface Crawl {
  readonly ctx: Context
  readonly scan: Scan
  readonly looker: Looker
  readonly prober: Prober
  /** What is under way is broken off, and nothing of it stored. */
  readonly cut: AbortSignal
  /** The scan stays in these hands for as long as something takes. */
  readonly held: <T>(work: () => Promise<T>) => Promise<T>
}

/** What a link brought. */
interface Seen {
  readonly visit: Visit
  readonly sight: Sight | null
  /** It is what the site answers where it has nothing. */
  readonly isSoft: boolean
  /** It led on when it was seen last, and cannot be seen now: what lies behind it may be there still. */
  readonly isLost: boolean
}

/** What of an answer is wanted: the page with its links, the file, or the head, which is enough for a link. */
type Wanted = 'page' | 'file' | 'head'

/**
 * Visits one link of a scan, looks at what came where it is the site's own, and stores all of it in one transaction.
 * @returns milliseconds to wait before the next.
 */
export async function followLink(crawl: Crawl, target: Target): Promise<number> {
  const { ctx, scan, cut } = crawl
  try {
    const seen = await see(crawl, target)
    return cut.aborted ? scan.delay_ms : await recordLink(ctx, scan, target, seen)
  } catch (error) {
    if (!isLasting(error) || !(await setAside(ctx, linkItem(scan, target.url, dayOf(ctx)), error)))
      throw error
    await ctx.db
      .updateTable('link_target')
      .set({ state: 'unmeasured', visits: target.visits + 1 })
      .where('id', '=', target.id)
      .execute()
    return scan.delay_ms
  }
}

async function see(crawl: Crawl, target: Target): Promise<Seen> {
  const { scan, looker, prober, cut: signal, held } = crawl
  const wanted = await wantedOf(crawl, target)
  if (wanted === 'head') {
    const headOnly = !isCompared(scan, target) && !isDoubted(target)
    const visit = await prober.visit({ url: target.url, headOnly, signal })
    return { visit, sight: null, isSoft: await isForNothing(scan, target, visit), isLost: false }
  }
  const stop: Stop = {
    ...{ scanId: scan.id, urlHash: target.url_hash, url: target.url, depth: target.depth },
    kind: wanted,
  }
  const known = await looker.known(stop)
  const visit = await prober.visit({
    ...{ url: target.url, signal },
    // What is to be compared has to come.
    ...(!isCompared(scan, target) && {
      etag: known?.etag ?? null,
      lastModified: known?.last_modified ?? null,
    }),
  })
  // Before its bytes are handed over to who looks at them.
  const isSoft = await isForNothing(scan, target, visit)
  if (signal.aborted) return { visit, sight: null, isSoft, isLost: false }
  const sight = isOfSite(scan, target, visit, wanted)
    ? await held(() => looker.look(stop, visit, known, isSoft))
    : null
  const isThere = wanted === 'page' && sightOf(visit.result) !== 'gone'
  return { visit, sight, isSoft, isLost: isThere && !sight?.links && (await looker.ledOn(stop)) }
}

const isForNothing = async (scan: Scan, target: Target, visit: Visit): Promise<boolean> =>
  isCompared(scan, target) && (await isSoftPage(scan.soft404, visit, target.url))

/** Pages of the site that are near enough are read; of files as many as are looked at. */
async function wantedOf({ scan, looker }: Crawl, target: Target): Promise<Wanted> {
  if (!target.is_inside || target.visits > 0) return 'head'
  if (target.kind === 'attachment') return (await looker.wantsFile(scan.id)) ? 'file' : 'head'
  return isReadable(scan, target) && scan.pages < scan.max_pages ? 'page' : 'head'
}

/** Of a site that answers with a page whatever it is asked for, no status says anything: its own pages are compared with that one. */
const isCompared = (scan: Scan, { is_inside, depth, kind }: Target): boolean =>
  scan.soft404?.outcome === 'soft' && is_inside && depth > 0 && kind !== 'picture'

/** What answers may be a firewall: a script of one came the first time, or the link was broken before. A head would not tell. */
const isDoubted = ({ cause, kind, found_on }: Target): boolean =>
  cause === 'blocked_challenge' || (kind === 'page' && found_on === '')

const isReadable = (scan: Scan, { kind, is_inside, depth, visits }: Target): boolean =>
  (kind === 'page' || kind === 'system') && is_inside && depth <= scan.max_depth && visits === 0

/** Whether what came, after all redirects, is of the site still, and of the kind that was asked for. */
function isOfSite(scan: Scan, target: Target, { result, headers }: Visit, wanted: Wanted): boolean {
  // The home page may well be somewhere else; any other that leads away is somebody else's.
  const isHere = target.depth === 0 || !result.finalUrl || isInside(new URL(result.finalUrl), scan.url)
  const isKind = wanted === 'file' || result.notModified || /html|^$/.test(headers['content-type'] ?? '')
  return isHere && (result.outcome !== 'ok' || isKind)
}

const dayOf = ({ clock }: Pick<Context, 'clock'>): string => localDay(clock.now())

const linkItem = ({ id, site_id }: Scan, url: string, today: string, data = {}) =>
  ({ kind: 'link', ref: shownAddress(url, today), siteId: site_id, data: { scan: id, ...data } }) as const

async function recordLink(
  ctx: Context,
  scan: Scan,
  target: Target,
  { visit, sight, isSoft, isLost }: Seen,
): Promise<number> {
  const { result } = visit
  const now = ctx.clock.now()
  const isSwapped = result.outcome === 'ok' && isNoFile(target.kind, visit.headers['content-type'])
  const after = isSoft
    ? ({ state: 'unmeasured', gone: target.gone } as const)
    : judgeLink(target, isSwapped ? 'broken' : sightOf(result))
  const found =
    sight?.links && target.kind !== 'attachment'
      ? { on: result.finalUrl ?? target.url, targets: targetsOf(scan, target, visit, sight.links) }
      : null
  const pauseMs = pauseAfter(scan, visit, now)
  const refused = await ctx.db.transaction().execute(async (tx) => {
    // The scan first, as whoever ends it does.
    const held = await tx
      .updateTable('link_scan')
      .set({ checked: sql`checked + 1`, pages: sql`pages + ${found ? 1 : 0}::int`, pause_ms: pauseMs })
      .where('id', '=', scan.id)
      // Nobody else has leased it since: a link is stored by one.
      .where((eb) => eb.or([eb('next_at', '=', scan.next_at), eb('next_at', '<=', new Date(now))]))
      .returning(['pages', 'checked'])
      .executeTakeFirst()
    // Or somebody's own scan has taken its place meanwhile.
    if (!held) return []
    await tx
      .updateTable('link_target')
      .set({
        // By night no link is visited a second time.
        state: scan.brief && after.state === 'waiting' ? 'unmeasured' : after.state,
        gone: after.gone,
        visits: target.visits + 1,
        status: result.status,
        cause: isSoft ? SOFT_CAUSE : isSwapped ? 'not_a_file' : result.cause,
        next_at: new Date(now + SECOND_VISIT_MS),
      })
      .where('id', '=', target.id)
      .execute()
    await sight?.store(tx, new Date(now))
    Object.assign(scan, held)
    const isBeyond = !sight && isReadable(scan, target) && scan.pages >= scan.max_pages
    if (isBeyond || (isLost && target.found_on !== '')) await cutShort(tx, scan)
    if (found && target.depth === 0) await addRemembered(tx, scan, new Date(now))
    const refused = found ? await addFound(tx, scan, found, sight, new Date(now)) : []
    const over = scan.brief ? await whyOver(tx, scan, visit, now) : null
    if (over) {
      await leaveRest(tx, scan, over, new Date(now))
      await cutShort(tx, scan)
    }
    return refused
  })
  for (const { target: one, error } of refused) {
    const today = dayOf(ctx)
    const data = { foundOn: shownAddress(one.foundOn, today), text: shownText(one.foundText, today) }
    await setAside(ctx, linkItem(scan, one.url, today, data), error)
  }
  scan.pause_ms = pauseMs
  return pauseMs
}

interface Added {
  readonly isLeftOut: boolean
  readonly refused: readonly { readonly target: NewTarget; readonly error: unknown }[]
}

/** Not everything was looked at. */
const cutShort = (tx: Tx, scan: Scan) =>
  tx.updateTable('link_scan').set({ is_cut: true }).where('id', '=', scan.id).execute()

/**
 * Adds the pages on which the site's problems are, and what was a broken link, whether or not a page leads there: one that is beyond the
 * pages of every look would never be seen to be mended. Not before the home page is there: a site that does not open is not asked for the
 * rest of it.
 */
async function addRemembered(tx: Tx, scan: Scan, now: Date): Promise<void> {
  const most = Math.floor(scan.max_pages * MACHINE.crawl.remembered)
  const broken = scan.brief ? { pages: [], links: [] } : await toSeeAgain(tx, scan, Math.floor(most / 2))
  const others = await pagesOfProblems(tx, scan.site_id, most - broken.pages.length)
  const pages = [...broken.pages, ...others].flatMap((page) => rememberedTarget(scan, page))
  const limits = { limit: scan.max_links, perShape: PER_SHAPE, now }
  await addTargets(tx, scan.id, [...pages, ...broken.links], limits)
}

/** Adds where a page leads. @returns what cannot be stored. */
async function addFound(
  tx: Tx,
  scan: Scan,
  { on, targets }: { readonly on: string; readonly targets: readonly NewTarget[] },
  sight: Sight | null,
  now: Date,
): Promise<Added['refused']> {
  await noteForeign(tx, scan, on, sight?.links ?? [], now)
  const limits = { limit: scan.max_links, perShape: PER_SHAPE, now }
  const added = await addStorable(tx, scan.id, targets, limits)
  if (added.isLeftOut || sight?.isCut) await cutShort(tx, scan)
  return added.refused
}

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
