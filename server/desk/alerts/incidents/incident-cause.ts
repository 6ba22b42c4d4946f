import { type RawBuilder, sql } from 'kysely'
import { groupBy } from '../../../../shared/base/lists/group.ts'
import { MINUTE } from '../../../../shared/base/time.ts'
import type { OutageKind } from '../../../../shared/desk/alerts/alerts.ts'
import { storedCauseGroup } from '../../../../shared/monitor/visit/probes.ts'
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
function suspectsOf(site: Fallen): Suspect[] {
  const isTls = storedCauseGroup(site.cause) === 'tls'
  const kinds = isTls ? (['certificate'] as const) : (['platform', 'address'] as const)
  return kinds.flatMap((kind) => {
    const key = site[kind]
    return key === null ? [] : [{ kind, key }]
  })
}

/**
 * The live incidents that these sites belong to; new ones where enough others fail with them. A few statements, however many
 * sites fall at once.
 */
export async function incidentsOf(tx: Tx, fallen: readonly Fallen[], now: number): Promise<number[]> {
  const sites = fallen.map((site) => ({ ...site, suspects: suspectsOf(site) }))
  const suspects = uniqueOf(sites.flatMap((site) => site.suspects))
  if (suspects.length === 0) return []
  const live = await liveIncidents(tx, suspects)
  const isLive = (one: Suspect) => live.has(keyOf(one))
  const alone = sites.filter((site) => !site.suspects.some(isLive))
  const shared = await sharedBy(tx, alone)
  const fresh = new Map<string, Suspect>()
  const concerned = new Set<number>()
  for (const { siteId, suspects: own } of sites) {
    const known = own.find((one) => isLive(one) || fresh.has(keyOf(one)))
    const id = known && live.get(keyOf(known))
    if (id !== undefined) concerned.add(id)
    const cause = known ?? own.find((one) => shared.has(`${siteId} ${keyOf(one)}`))
    if (cause && id === undefined) fresh.set(keyOf(cause), cause)
  }
  for (const { kind, key } of fresh.values()) concerned.add(await open(tx, kind, key, now))
  return [...concerned]
}

interface Suspect {
  readonly kind: OutageKind
  readonly key: string
}
const keyOf = ({ kind, key }: Suspect): string => `${kind} ${key}`
const uniqueOf = (all: readonly Suspect[]): Suspect[] => [
  ...new Map(all.map((one) => [keyOf(one), one])).values(),
]

async function liveIncidents(tx: Tx, suspects: readonly Suspect[]): Promise<Map<string, number>> {
  const { rows } = await sql<Suspect & { id: number }>`
    select id, kind, key from incident join jsonb_to_recordset(${JSON.stringify(suspects)}::jsonb) as s(kind text, key text)
      using (kind, key)
    where resolved_at is null
  `.execute(tx)
  return new Map(rows.map((row) => [keyOf(row), row.id]))
}

/** SQL for what sites of an incident share. */
export const COLUMN = {
  platform: sql.ref('site.platform'),
  address: sql.ref('state.address'),
  certificate: sql.ref('state.certificate'),
} as const

/** SQL for whether a site's failure is of the kind that they share. */
export const isOfCause = (kind: OutageKind) =>
  kind === 'certificate' ? sql`left(state.cause, 4) = 'tls_'` : sql`left(state.cause, 4) <> 'tls_'`

interface Fresh extends Suspect {
  readonly isDown: boolean
  readonly sinceMs: number
}

/**
 * Of each site and what it may share its failure with, whether enough sites began to fail together, and of those seen since
 * then the fewer are well.
 * @returns pairs of the site's number and the suspect's key.
 */
async function sharedBy(
  tx: Tx,
  sites: readonly (Fallen & { readonly suspects: readonly Suspect[] })[],
): Promise<Set<string>> {
  const suspects = uniqueOf(sites.flatMap((site) => site.suspects))
  const begun = await begunToFail(tx, suspects, sites)
  const asked = sites.flatMap(({ siteId, sinceMs, suspects: own }) =>
    own.flatMap((one) => {
      const with_ = (begun.get(keyOf(one)) ?? []).filter(
        (row) => Math.abs(row.sinceMs - sinceMs) <= TOGETHER_MS,
      )
      const down = with_.filter(({ isDown }) => isDown)
      const fromMs = Math.min(...down.map((row) => row.sinceMs))
      return down.length >= MIN_SITES ? [{ siteId, ...one, fromMs, failing: with_.length }] : []
    }),
  )
  const well = await wellSince(tx, asked)
  const isShared = (one: (typeof asked)[number]) =>
    (well.get(`${keyOf(one)} ${one.fromMs}`) ?? 0) < one.failing
  return new Set(asked.filter(isShared).map((one) => `${one.siteId} ${keyOf(one)}`))
}

/** SQL for the sites of suspects `s`, one kind after the other so that each is found by its own index. */
const ofKinds = (kinds: readonly OutageKind[], part: (kind: OutageKind) => RawBuilder<unknown>) =>
  sql.join(kinds.map(part), sql` union all `)
const KINDS = ['platform', 'address', 'certificate'] as const

/** The sites of these suspects that began to fail about the time when these fell. */
async function begunToFail(
  tx: Tx,
  suspects: readonly Suspect[],
  fallen: readonly Fallen[],
): Promise<Map<string, Fresh[]>> {
  const kinds = KINDS.filter((kind) => suspects.some((one) => one.kind === kind))
  if (kinds.length === 0) return new Map()
  const times = fallen.map(({ sinceMs }) => sinceMs)
  const from = new Date(Math.min(...times) - TOGETHER_MS)
  const to = new Date(Math.max(...times) + TOGETHER_MS)
  const part = (kind: OutageKind) => sql`
    select ${kind}::text as kind, ${COLUMN[kind]} as key, state.availability = 'down' as "isDown", state.since
    from site join site_state state on state.site_id = site.id
    where ${COLUMN[kind]} = any(${suspects.flatMap((one) => (one.kind === kind ? [one.key] : []))}::text[])
      and state.availability in ('down', 'suspect') and ${isOfCause(kind)} and state.since between ${from} and ${to}`
  const { rows } = await sql<Omit<Fresh, 'sinceMs'> & { since: Date }>`${ofKinds(kinds, part)}`.execute(tx)
  return groupBy(rows, keyOf, ({ since, ...row }) => ({ ...row, sinceMs: since.getTime() }))
}

/** How many sites of a suspect are well and were seen so after it began (`fromMs`). */
async function wellSince(
  tx: Tx,
  asked: readonly (Suspect & { readonly fromMs: number })[],
): Promise<Map<string, number>> {
  const kinds = KINDS.filter((kind) => asked.some((one) => one.kind === kind))
  if (kinds.length === 0) return new Map()
  const unique = [
    ...new Map(
      asked.map(({ kind, key, fromMs }) => [`${kind} ${key} ${fromMs}`, { kind, key, fromMs }]),
    ).values(),
  ]
  const part = (kind: OutageKind) => sql`
    select ${kind}::text as kind, s.key, s."fromMs", count(*)::int as well
    from jsonb_to_recordset(${JSON.stringify(unique.filter((one) => one.kind === kind))}::jsonb) as s(key text, "fromMs" float8)
      join (site join site_state state on state.site_id = site.id) on ${COLUMN[kind]} = s.key
    where state.availability = 'up' and state.last_ok_at > to_timestamp(s."fromMs" / 1000)
    group by 2, 3`
  const { rows } = await sql<Suspect & { fromMs: number; well: number }>`${ofKinds(kinds, part)}`.execute(tx)
  return new Map(rows.map((row) => [`${keyOf(row)} ${row.fromMs}`, row.well]))
}

async function open(tx: Tx, kind: OutageKind, key: string, now: number): Promise<number> {
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
