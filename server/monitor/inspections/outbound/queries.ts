import { sql } from 'kysely'
import type { Soft404 } from '../../../../shared/monitor/links/soft-404.ts'
import {
  BAD_STATES,
  type HostState,
  type LinkManner,
} from '../../../../shared/monitor/outbound/outbound-rules.ts'
import type { Db } from '../../../base/db/database.ts'

/** What the last look at a site found that it answers where it has nothing; null: nobody has asked. */
export async function softOf(db: Db, siteId: number): Promise<Soft404 | null> {
  const row = await db
    .selectFrom('link_scan')
    .select('soft404')
    .where('site_id', '=', siteId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.soft404 ?? null
}

/** The rule by which hosts that went bad are found; each has one alert, whoever links to it. */
export const HOST_RULE = 'outbound-hijacked'

export interface BadHost {
  readonly host: string
  readonly state: HostState
  readonly title: string | null
  readonly landing: string | null
  readonly pages: number
  readonly page: string
  readonly url: string
  readonly text: string
  readonly manner: LinkManner
}

/** The hosts that a site links to and that have gone bad, and how many of how many were ever looked at. */
export async function hostsGoneBad(
  db: Db,
  siteId: number,
): Promise<{ bad: BadHost[]; looked: number; all: number }> {
  const { rows } = await sql<BadHost & { isBad: boolean; isLooked: boolean }>`
    select host.host, host.state, nullif(host.landing ->> 'title', '') as title, host.landing ->> 'host' as landing, used.pages,
      used.examples -> 0 ->> 'page' as page, used.examples -> 0 ->> 'url' as url, used.examples -> 0 ->> 'text' as text,
      used.examples -> 0 ->> 'manner' as manner,
      host.state = any(${[...BAD_STATES]}::text[]) as "isBad", host.looked_at is not null as "isLooked"
    from outbound_use used join outbound_host host on host.id = used.host_id
    where used.site_id = ${siteId} and not host.is_registered order by used.pages desc, host.id
  `.execute(db)
  return {
    bad: rows.flatMap(({ isBad, isLooked: _isLooked, ...host }) => (isBad ? [host] : [])),
    looked: rows.filter(({ isLooked }) => isLooked).length,
    all: rows.length,
  }
}
