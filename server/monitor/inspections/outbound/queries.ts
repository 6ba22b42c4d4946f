import { sql } from 'kysely'
import type { Soft404 } from '../../../../shared/monitor/links/soft-404.ts'
import {
  BAD_STATES,
  type HostState,
  type LinkManner,
} from '../../../../shared/monitor/outbound/outbound-rules.ts'
import type { Db, Tx } from '../../../base/db/database.ts'
import { mayForAll } from '../../../people/rights/scope.ts'
import { printOf } from '../../outbound/looks/judge.ts'
import { shownText } from '../../persons/address.ts'
import { printOfSigns } from '../page/signs.ts'
import { HOST_RULE } from './host-rule.ts'
import '../../../../shared/monitor/inspections/rights.ts'

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
  /** What its trouble is known by. */
  readonly print: string
}

type HostRow = Omit<BadHost, 'print'> & {
  readonly domain: string | null
  readonly isBad: boolean
  readonly isSeen: boolean
  readonly isRefused: boolean
}

/**
 * The hosts that a site links to and that have gone bad, and how many of how many were not seen: nobody has looked, or they did not open.
 * One that was refused for everybody is none, but where it was refused itself: there it stands as that.
 */
export async function hostsGoneBad(
  db: Db,
  siteId: number,
  today: string,
): Promise<{ bad: BadHost[]; unseen: number; all: number }> {
  const { rows } = await sql<HostRow>`
    select host.host, host.state, nullif(host.landing ->> 'title', '') as title, host.landing ->> 'host' as landing,
      host.landing ->> 'domain' as domain, used.pages,
      used.examples -> 0 ->> 'page' as page, used.examples -> 0 ->> 'url' as url, used.examples -> 0 ->> 'text' as text,
      used.examples -> 0 ->> 'manner' as manner,
      host.state = any(${[...BAD_STATES]}::text[]) as "isBad", host.state not in ('waiting', 'unopened') as "isSeen",
      exists (select from inspection_problem p where p.site_id = used.site_id and p.rule = ${HOST_RULE} and p.told = host.host
        and p.state = 'refused') as "isRefused"
    from outbound_use used join outbound_host host on host.id = used.host_id
    where used.site_id = ${siteId} and not host.is_registered order by used.pages desc, host.id
  `.execute(db)
  const gone = rows.flatMap(({ isBad, isSeen: _seen, domain, ...host }) => {
    const title = shownText(host.title ?? '', today)
    return isBad ? [{ ...host, print: printOf(host.state, { domain, title }) }] : []
  })
  const cleared = await clearedHosts(db, gone)
  return {
    bad: gone.flatMap(({ isRefused, ...host }) => (isRefused || !cleared.has(host.host) ? [host] : [])),
    unseen: rows.filter(({ isSeen }) => !isSeen).length,
    all: rows.length,
  }
}

/**
 * Of hosts that went bad those that somebody who judges for the whole city has refused as they are now, on whichever site: it is the same
 * host for all, also for those that link to it later.
 */
export async function clearedHosts(
  db: Db | Tx,
  bad: readonly { readonly host: string; readonly print: string }[],
): Promise<ReadonlySet<string>> {
  if (bad.length === 0) return new Set()
  const asked = bad.map(({ host, print }) => ({ host, ...printOfSigns([print]) }))
  const { rows } = await sql<{ host: string }>`
    select distinct g.host from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as g(host text, signs jsonb)
    join inspection_problem p on p.rule = ${HOST_RULE} and p.told = g.host and p.state = 'refused' and p.print -> 'signs' @> g.signs
    join user_account who on who.id = p.decided_by where ${mayForAll('problem.judge')}
  `.execute(db)
  return new Set(rows.map(({ host }) => host))
}
