import { sql } from 'kysely'
import { MINUTE } from '../../../../shared/base/time.ts'
import type { IncidentKind } from '../../../../shared/desk/alerts/alerts.ts'
import { CAUSES, type Cause, causeGroup } from '../../../../shared/monitor/visit/probes.ts'
import type { Tx } from '../../../base/db/database.ts'

/** So many sites that begin to fail within this time for one cause are one incident. */
export const MIN_SITES = 3
export const TOGETHER_MS = 3 * MINUTE

/** A site that has just gone down, and what it shares with others. */
export interface Fallen {
  readonly siteId: number
  readonly sinceMs: number
  readonly platform: string | null
  readonly address: string | null
  readonly certificate: string | null
  readonly cause: string | null
}

/** Sites as they are after they went down. */
export async function fallenSites(tx: Tx, siteIds: readonly number[]): Promise<Fallen[]> {
  if (siteIds.length === 0) return []
  const { rows } = await sql<Omit<Fallen, 'sinceMs'> & { since: Date }>`
    select site.id as "siteId", state.since, site.platform, state.address, state.certificate, state.cause
    from site join site_state state on state.site_id = site.id
    where site.id = any(${siteIds}::int[]) order by site.id
  `.execute(tx)
  return rows.map(({ since, ...rest }) => ({ ...rest, sinceMs: since.getTime() }))
}

/** What a site may share its failure with, the likeliest first: a certificate where that is what failed. */
function suspectsOf(site: Fallen): { kind: IncidentKind; key: string }[] {
  const cause = CAUSES.find((name): name is Cause => name === site.cause)
  const isTls = cause !== undefined && causeGroup(cause) === 'tls'
  const kinds = isTls ? (['certificate'] as const) : (['platform', 'address'] as const)
  return kinds.flatMap((kind) => {
    const key = site[kind]
    return key === null ? [] : [{ kind, key }]
  })
}

/** The live incident that a site belongs to; a new one if enough others fail with it. */
export async function incidentOf(tx: Tx, site: Fallen, now: number): Promise<number | null> {
  const suspects = suspectsOf(site)
  for (const { kind, key } of suspects) {
    const live = await tx
      .selectFrom('incident')
      .select('id')
      .where('kind', '=', kind)
      .where('key', '=', key)
      .where('resolved_at', 'is', null)
      .executeTakeFirst()
    if (live) return live.id
  }
  for (const { kind, key } of suspects) {
    if (await isShared(tx, kind, key, site)) return open(tx, kind, key, now)
  }
  return null
}

/** SQL for what sites of an incident share. */
export const COLUMN = {
  platform: sql.ref('site.platform'),
  address: sql.ref('state.address'),
  certificate: sql.ref('state.certificate'),
} as const

/** SQL for whether a site's failure is of the kind that they share. */
export const isOfCause = (kind: IncidentKind) =>
  kind === 'certificate' ? sql`left(state.cause, 4) = 'tls_'` : sql`left(state.cause, 4) <> 'tls_'`

/** Enough sites began to fail together, and of those seen since then the fewer are well. */
async function isShared(tx: Tx, kind: IncidentKind, key: string, site: Fallen): Promise<boolean> {
  const from = new Date(site.sinceMs - TOGETHER_MS)
  const to = new Date(site.sinceMs + TOGETHER_MS)
  const { rows } = await sql<{ down: number; suspect: number; well: number }>`
    with here as (
      select state.availability, state.since, state.last_ok_at, ${isOfCause(kind)} as alike
      from site join site_state state on state.site_id = site.id where ${COLUMN[kind]} = ${key}
    ), fresh as (
      select availability, since from here
      where availability in ('down', 'suspect') and alike and since between ${from} and ${to}
    )
    select (select count(*) from fresh where availability = 'down')::int as down,
      (select count(*) from fresh where availability = 'suspect')::int as suspect,
      (select count(*) from here where availability = 'up'
        and last_ok_at > (select min(since) from fresh where availability = 'down'))::int as well
  `.execute(tx)
  const counts = rows[0]
  return counts !== undefined && counts.down >= MIN_SITES && counts.well < counts.down + counts.suspect
}

async function open(tx: Tx, kind: IncidentKind, key: string, now: number): Promise<number> {
  const at = new Date(now)
  const opened = await tx
    .insertInto('incident')
    .values({ kind, key, opened_at: at, changed_at: at })
    .onConflict((on) =>
      on.columns(['kind', 'key']).where('resolved_at', 'is', null).doUpdateSet({ changed_at: at }),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  return opened.id
}
