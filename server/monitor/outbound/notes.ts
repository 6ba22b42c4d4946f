import { sql } from 'kysely'
import type { LinkManner } from '../../../shared/monitor/outbound/outbound-rules.ts'
import { isCode } from '../../../shared/monitor/outbound/outbound-rules.ts'
import type { Tx } from '../../base/db/database.ts'
import { domainOf, hostOf } from './domain.ts'
import { LIMITS } from './limits.ts'

/** An address that a page leads to, or takes something from. */
export interface ForeignLink {
  readonly url: string
  readonly text: string
  readonly manner: LinkManner
}

/** The look through a site by which something is known. */
export interface NotedScan {
  readonly id: number
  readonly site_id: number
  readonly demo: boolean
}

const MOST_URL = 1_000
const MOST_TEXT = 100

/** Links to hosts of another domain than the page's own, a few of each host; of a page with thousands the first. */
export function foreignOf(links: readonly ForeignLink[], pageUrl: string) {
  const own = domainOf(hostOf(pageUrl) ?? '')
  const hosts = new Map<string, ForeignLink[]>()
  for (const link of links) {
    const host = hostOf(link.url)
    if (host === null || link.url.length > MOST_URL || domainOf(host) === own) continue
    const some = hosts.get(host)
    if (!some && hosts.size >= LIMITS.kept.hostsOfPage) continue
    // What runs on the page is worth more than one more link.
    if (!some) hosts.set(host, [link])
    else if (isCode(link.manner) && !isCode(some[0]?.manner ?? 'link')) some.unshift(link)
  }
  return [...hosts].map(([host, some]) => ({
    host,
    link: some[0],
    isCode: some.some(({ manner }) => isCode(manner)),
  }))
}

/**
 * Keeps that a page leads to these hosts: those that are new are looked at soon. Sites of the register are none of them.
 * At most `hostsOfSite` of a site.
 */
export async function noteForeign(
  tx: Tx,
  scan: NotedScan,
  pageUrl: string,
  links: readonly ForeignLink[],
  now: Date,
): Promise<void> {
  // In the order of their names, as everybody does who writes several.
  const found = foreignOf(links, pageUrl).sort((a, b) => (a.host < b.host ? -1 : 1))
  if (found.length === 0) return
  const rows = found.map(({ host, link, isCode: runs }) => ({
    host,
    url: link?.url ?? '',
    runs,
    example: {
      page: pageUrl.slice(0, MOST_URL),
      url: link?.url ?? '',
      text: (link?.text ?? '').slice(0, MOST_TEXT),
      manner: link?.manner ?? 'link',
    },
  }))
  const given = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(host text, url text, runs boolean, example jsonb)`
  const { examples, hostsOfSite } = LIMITS.kept
  const hasRoom = sql`(select count(*) from outbound_use mine where mine.site_id = ${scan.site_id}) < ${hostsOfSite}`
  // One that the site has no room for is not looked at for it either: hosts can be made up without end.
  await sql`
    insert into outbound_host (host, url, demo, is_registered, since, signs, first_seen_at, last_seen_at, next_look_at)
    select g.host, g.url, ${scan.demo}::boolean, registered.is, ${now}::timestamptz, '[]', ${now}::timestamptz, ${now}::timestamptz,
      case when registered.is then null else ${now}::timestamptz end
    from ${given}
    cross join lateral (select exists (
      select from site where substring(site.url from '^https?://([^/:?#]+)') = g.host) as is) registered
    where ${hasRoom} and not exists (select from outbound_host known where known.host = g.host)
    order by g.host on conflict (host) do nothing
  `.execute(tx)
  const isSame = sql`known.scan_id = excluded.scan_id`
  await sql`
    insert into outbound_use as known
      (host_id, site_id, scan_id, pages, is_code, examples, first_seen_at, last_seen_at)
    select host.id, ${scan.site_id}::int, ${scan.id}::int, 1, g.runs, jsonb_build_array(g.example), ${now}::timestamptz, ${now}::timestamptz
    from ${given} join outbound_host host on host.host = g.host
    where not host.is_registered
      and (exists (select from outbound_use mine where mine.host_id = host.id and mine.site_id = ${scan.site_id})
        or ${hasRoom})
    order by host.id
    on conflict (host_id, site_id) do update set
      pages = case when ${isSame} then known.pages + 1 else 1 end,
      is_code = excluded.is_code or (${isSame} and known.is_code),
      examples = case when not ${isSame} then excluded.examples
        when jsonb_array_length(known.examples) < ${examples}::int then known.examples || excluded.examples
        else known.examples end,
      scan_id = excluded.scan_id, last_seen_at = excluded.last_seen_at
  `.execute(tx)
}

/**
 * A site was looked through: what it no longer links to is forgotten, unless not all of it was seen, and hosts are counted anew.
 * @returns the hosts whose count may have changed.
 */
export async function settleForeign(
  tx: Tx,
  scan: { readonly id: number; readonly siteId: number; readonly isWhole: boolean },
  now: Date,
): Promise<number[]> {
  const before = new Date(now.getTime() - LIMITS.kept.unlinkedDays * 86_400_000)
  const isGone = scan.isWhole ? sql`true` : sql`last_seen_at < ${before}`
  const { rows: gone } = await sql<{ host_id: number }>`
    delete from outbound_use where site_id = ${scan.siteId} and scan_id <> ${scan.id} and ${isGone} returning host_id
  `.execute(tx)
  const { rows: seen } = await sql<{ host_id: number }>`
    select host_id from outbound_use where site_id = ${scan.siteId}
  `.execute(tx)
  const ids = [...new Set([...gone, ...seen].map(({ host_id }) => host_id))]
  await countUses(tx, ids, now)
  return ids
}

/** How many sites and pages lead to these hosts; one that nobody links to is looked at no more. */
export async function countUses(tx: Tx, ids: readonly number[], now: Date): Promise<void> {
  if (ids.length === 0) return
  await sql`
    with locked as (select id from outbound_host where id = any(${ids}::int[]) order by id for update)
    update outbound_host host set sites = counted.sites, pages = counted.pages, is_code = counted.is_code,
      last_seen_at = coalesce(counted.last, host.last_seen_at),
      url = case when counted.urls @> jsonb_build_array(host.url) or counted.urls is null then host.url
        else coalesce(counted.urls ->> 0, host.url) end,
      next_look_at = case when counted.sites = 0 then null else coalesce(host.next_look_at, ${now}::timestamptz) end
    from (
      select locked.id, count(used.site_id)::int as sites, coalesce(sum(used.pages), 0)::int as pages,
        coalesce(bool_or(used.is_code), false) as is_code, max(used.last_seen_at) as last,
        jsonb_path_query_array(jsonb_agg(used.examples), '$[*][*].url') as urls
      from locked left join outbound_use used on used.host_id = locked.id group by locked.id) counted
    where counted.id = host.id
  `.execute(tx)
}
