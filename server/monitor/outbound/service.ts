import { localDay } from '../../../shared/base/time.ts'
import type {
  OutboundDetail,
  OutboundFilter,
  OutboundHost,
} from '../../../shared/monitor/outbound/outbound.ts'
import { type HostState, isBad } from '../../../shared/monitor/outbound/outbound-rules.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Db } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { shownAddress } from '../persons/address.ts'
import { changesOf, findHost, type HostRow, listHosts, shownLanding, toHost, usesOf } from './queries.ts'

declare module '../../base/context.ts' {
  interface After {
    /** The live alert about a host that sites link to; null: there is none. */
    alertOfHost(db: Db, host: string): Promise<number | null>
    /** Whether nobody is told of a host that went bad, as the rule for such hosts errs too often now (epoch ms). */
    isHostHeld(db: Db, host: string, now: number): Promise<boolean>
  }
}

/** Foreign hosts that somebody's sites link to. */
export async function outboundHosts(
  { db }: Context,
  { scope }: Principal,
  filter: OutboundFilter,
  page: { readonly limit: number; readonly after?: number | undefined },
): Promise<{ items: OutboundHost[]; total: number; counts: Record<HostState, number> }> {
  const { rows, ...found } = await listHosts(db, scope, filter, page)
  return { ...found, items: rows.map(toHost) }
}

/** One of them, with its history and the asker's sites that link there. @throws Refusal not_found */
export async function outboundDetail(
  { db, after, clock }: Context,
  { scope }: Principal,
  id: number,
): Promise<OutboundDetail> {
  const row = await required(db, scope, id)
  return {
    ...toHost(row),
    url: shownAddress(row.url, localDay(row.last_seen_at.getTime())),
    well: shownLanding(row.well, row.last_seen_at),
    ...{ uses: await usesOf(db, scope, id), changes: await changesOf(db, id) },
    // The alert names sites of everybody.
    alertId: scope.kind === 'city' ? await after.alertOfHost(db, row.host) : null,
    isHeld: isBad(row.state) && (await after.isHostHeld(db, row.host, clock.now())),
  }
}

/** Has a host looked at with the next minute. @throws Refusal not_found */
export async function lookSoon(
  { db, clock }: Context,
  { scope }: Principal,
  id: number,
): Promise<OutboundHost> {
  const row = await required(db, scope, id)
  await db
    .updateTable('outbound_host')
    .set({ next_look_at: new Date(clock.now()) })
    .where('id', '=', id)
    .execute()
  return toHost(row)
}

async function required(db: Db, scope: Principal['scope'], id: number): Promise<HostRow> {
  const row = await findHost(db, scope, id)
  if (!row) throw new Refusal('not_found', 'outbound.noSuchHost')
  return row
}
