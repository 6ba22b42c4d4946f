import { sql } from 'kysely'
import type { LinkKind, LinkState } from '../../../../shared/monitor/links/links.ts'
import type { Tx } from '../../../base/db/database.ts'
import { readPages } from '../../inspections/crawl/pages.ts'
import type { ProblemPage } from '../../inspections/crawl/problems.ts'
import { isInside } from '../../inspections/page/address.ts'
import type { NewTarget } from '../rules.ts'
import type { SoftPage } from '../soft-404.ts'

interface Scan {
  readonly id: number
  readonly site_id: number
}

/** A link that was broken for certain when the links of its site were looked at last, and how it fares in this scan. */
interface Before {
  readonly id: number
  readonly url: string
  readonly shape: string
  readonly kind: LinkKind
  readonly is_inside: boolean
  readonly depth: number
  readonly on_home: boolean
  readonly found_on: string
  /** How deep that scan went. */
  readonly max_depth: number
  /** Null: it is not among the links of this scan. */
  readonly state: LinkState | null
  /** A page of this scan that leads there; empty or null: none does. */
  readonly led_from: string | null
}

async function brokenBefore(tx: Tx, { id, site_id }: Scan): Promise<Before[]> {
  const { rows } = await sql<Before>`
    with last as (
      select id, max_depth from link_scan
      where site_id = ${site_id} and id < ${id} and state = 'done' and pages > 0 and not brief order by id desc limit 1)
    select t.id, t.url, t.shape, t.kind, t.is_inside, t.depth, t.on_home, t.found_on, last.max_depth,
      seen.state, seen.found_on as led_from
    from last join link_target t on t.scan_id = last.id
      left join link_target seen on seen.scan_id = ${id} and seen.url_hash = t.url_hash
    where t.state = 'confirmed' and t.depth > 0
    order by t.depth, t.id
  `.execute(tx)
  return rows
}

/**
 * With what a scan begins once the home page is there: the links that were broken, and pages that led to them. Where no scan sees all of
 * a site, nothing else would ever say that one is mended, or led to no more.
 * @param mostPages of such pages, at most.
 */
export async function toSeeAgain(
  tx: Tx,
  scan: Scan & { readonly max_links: number },
  mostPages: number,
): Promise<{ readonly pages: ProblemPage[]; readonly links: NewTarget[] }> {
  const before = await brokenBefore(tx, scan)
  const depths = new Map<string, number>()
  for (const { on_home, found_on, depth } of before) {
    if (!on_home && !depths.has(found_on)) depths.set(found_on, Math.max(1, depth - 1))
  }
  const pages = [...depths].slice(0, mostPages).map(([url, depth]) => ({ url, isFile: false, depth }))
  const links = before
    .slice(0, Math.floor(scan.max_links / 2))
    .map(({ url, shape, kind, is_inside, depth }) => ({
      ...{ url, shape, kind, depth, inside: is_inside, onHome: false },
      // Until a page leads there.
      ...{ foundOn: '', foundText: '' },
    }))
  return { pages, links }
}

/** A scan that has come to its end. */
interface EndedScan extends Scan {
  readonly is_cut: boolean
  readonly max_depth: number
  readonly soft404: SoftPage | null
}

/**
 * Of the links that were broken before, those of which a scan has seen neither that they open nor that no page leads there any more: they
 * may be broken still. To be asked before anything of the scan is deleted.
 */
export async function standingOf(tx: Tx, scan: EndedScan): Promise<number[]> {
  const before = await brokenBefore(tx, scan)
  if (before.length === 0) return []
  const { url } = await tx
    .selectFrom('site')
    .select('url')
    .where('id', '=', scan.site_id)
    .executeTakeFirstOrThrow()
  const isBlind = await hasSeenNoLink(tx, scan)
  const pages = await readPages(tx, scan.site_id, scan.id)
  const read = new Set(pages.map((page) => page.url))
  const isHomeRead = pages.some(({ depth }) => depth === 0)
  const isGone = (one: Before): boolean => {
    if (isBlind) return false
    // What was seen of another site, before this one moved.
    if (!one.on_home && !isInside(new URL(one.found_on), url)) return true
    if (!scan.is_cut && scan.max_depth >= one.max_depth) return true
    // There was no room for it, whether or not a page leads there.
    if (one.state === null && scan.is_cut) return false
    return one.on_home ? isHomeRead : read.has(one.found_on)
  }
  return before
    .filter((one) => one.state !== 'fine' && (one.led_from ? one.state !== 'confirmed' : !isGone(one)))
    .map(({ id }) => id)
}

/** A home page that leads nowhere, where the site does not say what is not there: something else may have answered in its place. */
async function hasSeenNoLink(tx: Tx, { id, soft404 }: EndedScan): Promise<boolean> {
  if (soft404?.outcome === 'proper') return false
  const led = await tx
    .selectFrom('link_target')
    .select('id')
    .where('scan_id', '=', id)
    .where('depth', '>', 0)
    .where('found_on', '<>', '')
    .limit(1)
    .executeTakeFirst()
  return led === undefined
}

/** Keeps broken links of the scan before among those of this one, as they were then. */
export async function keepStanding(tx: Tx, scanId: number, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  await sql`
    insert into link_target (scan_id, url_hash, url, shape, kind, is_inside, depth, on_home, found_on, found_text,
      visits, gone, next_at, status, cause, state)
    select ${scanId}::int, url_hash, url, shape, kind, is_inside, depth, on_home, found_on, found_text,
      visits, gone, next_at, status, cause, state
    from link_target where id = any(${ids}::bigint[])
    on conflict (scan_id, url_hash) do update
      set state = excluded.state, status = excluded.status, cause = excluded.cause
  `.execute(tx)
}
