import { sql } from 'kysely'
import type { NewFact } from '../../../../shared/base/facts.ts'
import { localDay } from '../../../../shared/base/time.ts'
import type { OutboundEvidence } from '../../../../shared/monitor/outbound/evidence.ts'
import {
  BAD_STATES,
  type HostSeverity,
  type HostState,
  hostSeverity,
  isBad,
} from '../../../../shared/monitor/outbound/outbound-rules.ts'
import type { Context } from '../../../base/context.ts'
import type { Tx } from '../../../base/db/database.ts'
import { shownAddress, shownText } from '../../persons/address.ts'
import { LIMITS } from '../limits.ts'
import { type Landing, printOf } from './judge.ts'

/** What became of a host that sites link to. */
export interface HostTrouble {
  readonly host: string
  /** Null: nothing is wrong with it, nobody links to it, or it is one of too many. */
  readonly severity: HostSeverity | null
  readonly sites: number
  readonly outbound: OutboundEvidence | null
}

declare module '../../../base/context.ts' {
  interface After {
    /** Hosts that sites link to are so now. @returns the facts; the caller appends them. */
    outboundLooked(tx: Tx, hosts: readonly HostTrouble[], now: number): Promise<NewFact[]>
  }
}

const BAD = [...BAD_STATES]
/** Sites that the alert of a host names. */
const NAMED = 3

interface Row {
  id: number
  host: string
  state: HostState
  signs: string[]
  landing: Landing | null
  is_code: boolean
  sites: number
  pages: number
  some: OutboundEvidence['some'] | null
  /** Of a host that one site alone links to: those of the same site that look bad and were known before it. */
  crowd: number
}

/**
 * Brings the alerts of hosts to what they are. Intruders hide hundreds of links on one site: a few of them are an alert each, and not
 * all of what the site was filled with. @returns the facts; the caller appends them. */
export async function followHosts(
  ctx: Pick<Context, 'after'>,
  tx: Tx,
  ids: readonly number[],
  now: number,
): Promise<NewFact[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<Row>`
    select host.id, host.host, host.state, host.signs, host.landing, host.is_code, host.sites, host.pages,
      (select jsonb_agg(one) from (
        select site.id as "siteId", site.name as site, used.examples -> 0 ->> 'page' as page
        from outbound_use used join site on site.id = used.site_id where used.host_id = host.id
        order by used.pages desc, site.id limit ${NAMED}) one) as some,
      (select count(*)::int from outbound_use used join outbound_use other on other.site_id = used.site_id
        join outbound_host twin on twin.id = other.host_id
        where host.sites = 1 and used.host_id = host.id and twin.id < host.id and twin.sites = 1
          and (twin.state = any(${BAD}::text[]) or twin.pending = any(${BAD}::text[]))) as crowd
    from outbound_host host where host.id = any(${[...ids]}::int[]) order by host.id
  `.execute(tx)
  return ctx.after.outboundLooked(
    tx,
    rows.map((row) => troubleOf(row, localDay(now))),
    now,
  )
}

/** What alerts say of pages names no persons. */
function troubleOf(row: Row, today: string): HostTrouble {
  const { host, state, signs, landing, sites, pages, is_code: hasCode } = row
  // Who writes on the page is told of in any case.
  const isCrowded = sites === 1 && !hasCode && row.crowd >= LIMITS.kept.alertsOfSite
  if (!isBad(state) || sites === 0 || isCrowded) return { host, severity: null, sites, outbound: null }
  const title = shownText(landing?.title ?? '', today)
  const outbound: OutboundEvidence = {
    ...{ hostId: row.id, is: state, signs, isCode: hasCode, pages },
    some: (row.some ?? []).map((one) => ({ ...one, page: shownAddress(one.page, today) })),
    ...{ landing: landing?.host ?? null, title: title || null },
    print: printOf(state, { domain: landing?.domain ?? null, title }),
  }
  return { host, severity: hostSeverity(state, hasCode), sites, outbound }
}
