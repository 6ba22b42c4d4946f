import { type RawBuilder, type Selectable, sql } from 'kysely'
import { localDay } from '../../../shared/base/time.ts'
import type {
  OutboundChange,
  OutboundFilter,
  OutboundHost,
  OutboundLanding,
  OutboundUse,
} from '../../../shared/monitor/outbound/outbound.ts'
import { HOST_STATES, type HostState } from '../../../shared/monitor/outbound/outbound-rules.ts'
import type { Scope } from '../../../shared/people/rights/rights.ts'
import type { Db } from '../../base/db/database.ts'
import { within } from '../../people/rights/scope.ts'
import { shownAddress, shownText } from '../persons/address.ts'
import { shownHost } from './domain.ts'
import type { Landing } from './looks/judge.ts'
import type { OutboundHostTable } from './tables.ts'

/** Sites of one host that are shown. */
const MOST_USES = 1_000

type Host = Selectable<OutboundHostTable>
/** A host with what the sites of a scope have to do with it. */
export type HostRow = Host & { own_sites: number; own_pages: number; own_code: boolean }

/** The gravest first. */
const RANK = sql`array_position(${sql.lit(`{${HOST_STATES.join(',')}}`)}::text[], host.state)`
const likely = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

/** Hosts that the sites of a scope link to, or one of them, with the number of those sites and of their pages. */
function hostsOf(
  scope: Scope,
  filter: Omit<OutboundFilter, 'state'>,
  hostId: number | null = null,
): RawBuilder<unknown> {
  const { district, siteId, q, code } = filter
  const conditions = [
    within(scope, 'site'),
    ...(district === undefined ? [] : [sql`site.district = ${district}`]),
    ...(siteId === undefined ? [] : [sql`site.id = ${siteId}`]),
    ...(hostId === null ? [] : [sql`host_id = ${hostId}`]),
  ]
  const about = [
    sql`not host.is_registered`,
    ...(code === undefined ? [] : [sql`used.own_code`]),
    ...(q === undefined || q === ''
      ? []
      : [
          sql`(host.host ilike ${likely(q)} or host.landing ->> 'title' ilike ${likely(q)}
          or host.landing ->> 'host' ilike ${likely(q)})`,
        ]),
  ]
  const counted = sql`host_id, count(*)::int as own_sites, sum(used.pages)::int as own_pages, bool_or(used.is_code) as own_code`
  // Of all sites together it is kept with the host, as of their last scans; those of a first scan that goes on are counted.
  const isAll = scope.kind === 'city' && district === undefined && siteId === undefined && hostId === null
  const used = isAll
    ? sql`select id as host_id, sites as own_sites, pages as own_pages, is_code as own_code from outbound_host where sites > 0
      union all select ${counted} from outbound_host noted join outbound_use used on used.host_id = noted.id
      where noted.sites = 0 group by host_id`
    : sql`select ${counted} from outbound_use used join site on site.id = used.site_id
      where ${sql.join(conditions, sql` and `)} group by host_id`
  return sql`
    select host.*, used.own_sites, used.own_pages, used.own_code, ${RANK} as rank
    from outbound_host host join (${used}) used on used.host_id = host.id
    where ${sql.join(about, sql` and `)}`
}

/** A page of them, the gravest first, then those with the most sites; and how many there are in each state. */
export async function listHosts(
  db: Db,
  scope: Scope,
  { state, ...filter }: OutboundFilter,
  page: { readonly limit: number; readonly after?: number | undefined },
): Promise<{ rows: HostRow[]; total: number; counts: Record<HostState, number> }> {
  const place = sql`(rank, -own_sites, id)`
  const own = sql`with own as (${hostsOf(scope, filter)})`
  const { rows } = await sql<HostRow>`
    ${own} select * from own
    where ${state === undefined ? sql`true` : sql`state = ${state}`}
      and ${page.after === undefined ? sql`true` : sql`${place} > (select rank, -own_sites, id from own where id = ${page.after})`}
    order by rank, -own_sites, id limit ${page.limit}
  `.execute(db)
  const { rows: groups } = await sql<{ state: HostState; n: number }>`
    ${own} select state, count(*)::int as n from own group by state
  `.execute(db)
  const counts = Object.fromEntries(
    HOST_STATES.map((one) => [one, groups.find((group) => group.state === one)?.n ?? 0]),
  ) as Record<HostState, number>
  const total = state === undefined ? groups.reduce((sum, { n }) => sum + n, 0) : counts[state]
  return { rows, total, counts }
}

/** One host, if sites of the scope link to it. */
export async function findHost(db: Db, scope: Scope, id: number): Promise<HostRow | undefined> {
  const { rows } = await sql<HostRow>`
    ${hostsOf(scope, {}, id)}
  `.execute(db)
  return rows[0]
}

/** The sites of a scope that link to a host, those with the most pages first. */
export async function usesOf(db: Db, scope: Scope, hostId: number): Promise<OutboundUse[]> {
  const rows = await db
    .selectFrom('outbound_use as used')
    .innerJoin('site', 'site.id', 'used.site_id')
    .innerJoin('unit', 'unit.id', 'site.unit_id')
    .selectAll('used')
    .select(['site.name as site', 'site.district', 'unit.name as unit'])
    .where('used.host_id', '=', hostId)
    .where(within(scope, 'site'))
    .orderBy('used.pages', 'desc')
    .orderBy('used.site_id')
    .limit(MOST_USES)
    .execute()
  return rows.map((row) => ({
    ...{ siteId: row.site_id, site: row.site, district: row.district, unit: row.unit },
    ...{ pages: row.pages, isCode: row.is_code, examples: row.examples.map(shownExample(row.last_seen_at)) },
    firstSeenAt: row.first_seen_at.toISOString(),
    lastSeenAt: row.last_seen_at.toISOString(),
  }))
}

/** What a host was, the newest first. */
export async function changesOf(db: Db, hostId: number): Promise<OutboundChange[]> {
  const rows = await db
    .selectFrom('outbound_look')
    .selectAll()
    .where('host_id', '=', hostId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.map(({ at, state, landing, signs }) => ({
    ...{ at: at.toISOString(), state, landing: shownLanding(landing, at), signs: [...signs] },
  }))
}

/** What a page leads to as it is shown: without persons that addresses and words name. */
const shownExample =
  (seenAt: Date) =>
  <T extends { readonly page: string; readonly url: string; readonly text: string }>(one: T): T => {
    const today = localDay(seenAt.getTime())
    const [page, url] = [shownAddress(one.page, today), shownAddress(one.url, today)]
    return { ...one, page, url, text: shownText(one.text, today) }
  }

/** @param at when it was seen */
export function shownLanding(landing: Landing | null, at: Date): OutboundLanding | null {
  if (!landing) return null
  const { url, host, title, issuer, status, cause } = landing
  const today = localDay(at.getTime())
  return { url: url && shownAddress(url, today), host, title: shownText(title, today), issuer, status, cause }
}

export function toHost(row: HostRow): OutboundHost {
  const { text, resembles } = shownHost(row.host)
  return {
    ...{ id: row.id, host: row.host, shown: text, resembles },
    ...{ state: row.state, since: row.since.toISOString(), pending: row.pending },
    ...{ signs: [...row.signs], landing: shownLanding(row.landing, row.last_seen_at), isCode: row.own_code },
    ...{ sites: row.own_sites, pages: row.own_pages },
    firstSeenAt: row.first_seen_at.toISOString(),
    lastSeenAt: row.last_seen_at.toISOString(),
    lookedAt: row.looked_at?.toISOString() ?? null,
  }
}
