import { sql } from 'kysely'
import { DAY } from '../../../../shared/base/time.ts'
import type { LinkKind, LinkState } from '../../../../shared/monitor/links/links.ts'
import type { Tx } from '../../../base/db/database.ts'
import { unpackLinks } from '../../inspections/crawl/packed.ts'
import { ALL_RULES, readPages } from '../../inspections/crawl/pages.ts'
import type { ProblemPage } from '../../inspections/crawl/problems.ts'
import { hashOf, isInside } from '../../inspections/page/address.ts'
import type { NewTarget } from '../rules.ts'
import type { SoftPage } from '../soft-404.ts'

/**
 * A link that had been unseen for so long when its site was scanned last is no longer taken for broken: with scans by the week it is kept
 * by two of them. One that is kept has the time of the scan that saw it.
 */
const UNSEEN_MS = 10 * DAY

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
      select id, max_depth, finished_at from link_scan
      where site_id = ${site_id} and id < ${id} and state = 'done' and pages > 0 and not brief order by id desc limit 1)
    select t.id, t.url, t.shape, t.kind, t.is_inside, t.depth, t.on_home, t.found_on, last.max_depth,
      seen.state, seen.found_on as led_from
    from last join link_target t on t.scan_id = last.id
      left join link_target seen on seen.scan_id = ${id} and seen.url_hash = t.url_hash
    where t.state = 'confirmed' and t.depth > 0
      and t.next_at > last.finished_at - ${UNSEEN_MS / 1000}::float8 * interval '1 second'
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
  // One that leads on to another address is known by both.
  const read = new Set(pages.flatMap((page) => [page.url_hash, hashOf(page.url)]))
  const isHomeRead = pages.some(({ depth }) => depth === 0)
  const isGone = (one: Before): boolean => {
    if (isBlind) return false
    // What was seen of another site, before this one moved.
    if (!one.on_home && !isInside(new URL(one.found_on), url)) return true
    if (!scan.is_cut && scan.max_depth >= one.max_depth) return true
    // There was no room for it, whether or not a page leads there.
    if (one.state === null && scan.is_cut) return false
    return one.on_home ? isHomeRead : read.has(hashOf(one.found_on))
  }
  const moved = await movedOf(tx, scan, before)
  return before
    .filter((one) => one.state !== 'fine' && (one.led_from ? one.state !== 'confirmed' : !isGone(one)))
    .filter(({ url: address }) => !moved.has(otherScheme(address)))
    .map(({ id }) => id)
}

const otherScheme = (url: string): string =>
  url.startsWith('https:') ? `http:${url.slice(6)}` : `https:${url.slice(5)}`

/** Those links that a scan has found broken by their other address, of `http:` and `https:`: each is one link. */
async function movedOf(tx: Tx, { id }: Scan, before: readonly Before[]): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('link_target')
    .select('url')
    .where('scan_id', '=', id)
    .where('state', '=', 'confirmed')
    .where('found_on', '<>', '')
    .where(sql<boolean>`url_hash = any(${before.map(({ url }) => hashOf(otherScheme(url)))}::text[])`)
    .execute()
  return new Set(rows.map(({ url }) => url))
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

/**
 * A scan has not seen all where a page that it leads to, and that led on when it was seen last, could not be seen. Told at its end of
 * remembered pages: these are visited before it is known whether a page leads there.
 */
export async function cutWhereLost(tx: Tx, id: number): Promise<void> {
  const { rows } = await sql<{ links: Buffer }>`
    select p.links from link_scan scan join link_target t on t.scan_id = scan.id
      join inspection_page p on p.site_id = scan.site_id and p.url_hash = t.url_hash
    where scan.id = ${id} and not scan.is_cut and t.found_on <> '' and t.visits > 0
      and t.is_inside and t.kind in ('page', 'system') and t.depth <= scan.max_depth
      and coalesce(t.status, 0) not in (404, 410) and p.kind = 'page' and p.links is not null
      and (p.scan_id <> scan.id or p.said ->> ${ALL_RULES}::text is not null)
  `.execute(tx)
  for (const { links } of rows) {
    if ((await unpackLinks(links)).length === 0) continue
    await tx.updateTable('link_scan').set({ is_cut: true }).where('id', '=', id).execute()
    return
  }
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
      set state = excluded.state, status = excluded.status, cause = excluded.cause, next_at = excluded.next_at
  `.execute(tx)
}
