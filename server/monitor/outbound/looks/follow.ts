import { sql } from 'kysely'
import type { NewFact } from '../../../../shared/base/facts.ts'
import type { OutboundEvidence } from '../../../../shared/monitor/outbound/evidence.ts'
import {
  type HostSeverity,
  type HostState,
  hostSeverity,
  isBad,
} from '../../../../shared/monitor/outbound/outbound-rules.ts'
import type { Context } from '../../../base/context.ts'
import type { Tx } from '../../../base/db/database.ts'
import { type Landing, printOf } from './judge.ts'

/** What became of a host that sites link to. */
export interface HostTrouble {
  readonly host: string
  /** Null: nothing is wrong with it, or nobody links to it. */
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
}

/** Brings the alerts of hosts to what they are. @returns the facts; the caller appends them. */
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
        order by used.pages desc, site.id limit ${NAMED}) one) as some
    from outbound_host host where host.id = any(${[...ids]}::int[]) order by host.id
  `.execute(tx)
  return ctx.after.outboundLooked(tx, rows.map(troubleOf), now)
}

function troubleOf(row: Row): HostTrouble {
  const { host, state, signs, landing, sites, pages, is_code: hasCode } = row
  if (!isBad(state) || sites === 0) return { host, severity: null, sites, outbound: null }
  const outbound: OutboundEvidence = {
    ...{ hostId: row.id, is: state, signs, isCode: hasCode, pages, some: row.some ?? [] },
    ...{ landing: landing?.host ?? null, title: landing?.title || null },
    print: printOf(state, landing ?? { domain: null, title: '' }),
  }
  return { host, severity: hostSeverity(state, hasCode), sites, outbound }
}
