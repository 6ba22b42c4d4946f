import { sql } from 'kysely'
import type { AlertEvidence, IncidentKind, Severity } from '../../shared/alerts.ts'
import type { NewFact } from '../../shared/facts.ts'
import { CAUSES, type Cause, causeGroup } from '../../shared/probes.ts'
import { MINUTE } from '../../shared/time.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { appendFacts } from '../facts/append.ts'
import { factOf } from './facts.ts'
import { alertsById } from './queries.ts'

/** So many sites that begin to fail within this time for one cause are one incident. */
export const MIN_SITES = 3
export const TOGETHER_MS = 3 * MINUTE
/** Fewer sites than that alarm by themselves again, if none has come or gone for as long. */
const RELEASE_MS = 3 * MINUTE
/** An incident of so many sites is critical. */
const MANY_SITES = 10

interface Incident {
  readonly id: number
  readonly kind: IncidentKind
  readonly key: string
  readonly openedMs: number
  readonly changedMs: number
}

/** A site that has just gone down, and what it shares with others. */
interface Fallen {
  readonly siteId: number
  readonly sinceMs: number
  readonly platform: string | null
  readonly address: string | null
  readonly certificate: string | null
  readonly cause: string | null
}

/**
 * Gathers sites that fail together into incidents, after their own alerts have followed: opens one when enough
 * sites of a platform, address or certificate fail within three minutes and few of those seen since are well,
 * lets others join, and ends it with its last member. Costs nothing unless a DOWN alert came or went.
 * @param told what the alerts of sites have just become.
 * @returns further facts.
 */
export async function followIncidents(tx: Tx, told: readonly NewFact[], now: number): Promise<NewFact[]> {
  const down = told.flatMap((fact) =>
    'alert' in fact.data && fact.data.alert.rule === 'DOWN'
      ? [{ kind: fact.kind, alert: fact.data.alert }]
      : [],
  )
  const came = down.filter(({ kind }) => kind === 'alert.opened' || kind === 'alert.reopened')
  const left = down.flatMap(({ kind, alert }) => (kind === 'alert.resolved' ? (alert.incidentId ?? []) : []))
  const concerned = new Set<number>(left)
  const siteIds = came.flatMap(({ alert }) => alert.siteId ?? [])
  for (const fallen of await fallenSites(tx, siteIds)) {
    const id = await incidentOf(tx, fallen, now)
    if (id !== null) concerned.add(id)
  }
  return tend(tx, [...concerned], now)
}

/** Looks after all live incidents: what a locked row kept from joining, and those that have become too small. */
export async function tendIncidents(ctx: Pick<Context, 'db' | 'wake'>, now: number): Promise<void> {
  const live = await ctx.db.selectFrom('incident').select('id').where('resolved_at', 'is', null).execute()
  if (live.length === 0) return
  const told = await ctx.db.transaction().execute(async (tx) => {
    const facts = await tend(
      tx,
      live.map(({ id }) => id),
      now,
    )
    return appendFacts(tx, facts)
  })
  if (told.length > 0) ctx.wake()
}

async function fallenSites(tx: Tx, siteIds: readonly number[]): Promise<Fallen[]> {
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
async function incidentOf(tx: Tx, site: Fallen, now: number): Promise<number | null> {
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

const COLUMN = {
  platform: sql.ref('site.platform'),
  address: sql.ref('state.address'),
  certificate: sql.ref('state.certificate'),
} as const

const isOfCause = (kind: IncidentKind) =>
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

/** Brings incidents to what their sites are: who joins, how many are down, whether it is over. */
async function tend(tx: Tx, ids: readonly number[], now: number): Promise<NewFact[]> {
  const facts: NewFact[] = []
  for (const incident of await lockIncidents(tx, ids)) {
    const joined = await join(tx, incident)
    const size = await sizeOf(tx, incident.id)
    const isQuiet = now - incident.changedMs >= RELEASE_MS
    const released =
      joined.length === 0 && size.down < MIN_SITES && isQuiet ? await release(tx, incident.id) : []
    const isOver = size.down === 0 || released.length > 0
    const city = await followIncident(tx, incident, size, isOver, now)
    if (joined.length > 0 || city.length > 0) await touch(tx, incident.id, isOver, now)
    const members = await alertsById(tx, [...joined, ...released])
    facts.push(...city)
    for (const alert of members.values()) facts.push(factOf('alert.grouped', alert, null, null, now))
  }
  return facts
}

async function lockIncidents(tx: Tx, ids: readonly number[]): Promise<Incident[]> {
  if (ids.length === 0) return []
  const rows = await tx
    .selectFrom('incident')
    .selectAll()
    .where('id', 'in', [...ids])
    .where('resolved_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  return rows.map(({ id, kind, key, opened_at, changed_at }) => ({
    id,
    kind,
    key,
    openedMs: opened_at.getTime(),
    changedMs: changed_at.getTime(),
  }))
}

/** Alerts of sites that began to fail with the incident, or while it lasts. One that somebody holds joins later. */
async function join(tx: Tx, { id, kind, key, openedMs }: Incident): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    with fitting as (
      select alert.id from alert
        join site_state state on state.site_id = alert.site_id join site on site.id = alert.site_id
      where alert.rule = 'DOWN' and alert.status <> 'resolved' and alert.incident_id is null
        and state.availability = 'down' and state.since >= ${new Date(openedMs - 2 * TOGETHER_MS)}
        and ${isOfCause(kind)} and ${COLUMN[kind]} = ${key}
      order by alert.id for update of alert skip locked
    )
    update alert set incident_id = ${id} from fitting where alert.id = fitting.id
    returning alert.id
  `.execute(tx)
  return rows.map((row) => row.id)
}

interface Size {
  /** Sites that were part of it, and those that still are down. */
  readonly sites: number
  readonly down: number
  /** The commonest cause. */
  readonly cause: string | null
}

async function sizeOf(tx: Tx, incidentId: number): Promise<Size> {
  const { rows } = await sql<Size>`
    select count(*)::int as sites, (count(*) filter (where status <> 'resolved'))::int as down,
      mode() within group (order by evidence->>'cause') as cause
    from alert where incident_id = ${incidentId} and rule = 'DOWN'
  `.execute(tx)
  return rows[0] ?? { sites: 0, down: 0, cause: null }
}

/** Those that are left alarm by themselves again. */
async function release(tx: Tx, incidentId: number): Promise<number[]> {
  const rows = await tx
    .updateTable('alert')
    .set({ incident_id: null })
    .where('incident_id', '=', incidentId)
    .where('rule', '=', 'DOWN')
    .where('status', '<>', 'resolved')
    .returning('id')
    .execute()
  return rows.map((row) => row.id)
}

/** The one alert of an incident: opened with it, told of again when sites come or go, resolved when it is over. */
async function followIncident(
  tx: Tx,
  { id, kind, key }: Incident,
  size: Size,
  isOver: boolean,
  now: number,
): Promise<NewFact[]> {
  const evidence: AlertEvidence = { kind, key, ...size }
  const severity: Severity = size.sites >= MANY_SITES ? 'critical' : 'major'
  const last = await tx
    .selectFrom('alert')
    .select(['id', 'status', 'severity', 'evidence'])
    .where('incident_id', '=', id)
    .where('rule', '=', 'PLATFORM')
    .forUpdate()
    .executeTakeFirst()
  if (!last) return isOver ? [] : openAlert(tx, id, severity, evidence, now)
  const isSame = last.evidence.sites === size.sites && last.evidence.down === size.down
  if (isSame && !isOver) return []
  if (isOver && last.status === 'resolved') return []
  const isWorse = !isOver && severity === 'critical' && last.severity !== 'critical'
  // One that was resolved by hand comes back when further sites fail.
  const isBack = !isOver && last.status === 'resolved' && size.down > (last.evidence.down ?? 0)
  if (last.status === 'resolved' && !isBack) return []
  await tx
    .updateTable('alert')
    .set({
      evidence: JSON.stringify(isOver ? { ...evidence, down: 0 } : evidence),
      ...(isOver && { status: 'resolved', resolved_at: new Date(now), resolved_by: null }),
      ...(isBack && { recurrences: sql`recurrences + 1`, opened_at: new Date(now), resolved_at: null }),
      ...((isWorse || isBack) && { ...UNACKNOWLEDGED, resolved_by: null, severity }),
    })
    .set({ version: sql`version + 1` })
    .where('id', '=', last.id)
    .execute()
  const kinds = {
    over: 'alert.resolved',
    back: 'alert.reopened',
    worse: 'alert.raised',
    other: 'alert.grouped',
  } as const
  const fact = kinds[isOver ? 'over' : isBack ? 'back' : isWorse ? 'worse' : 'other']
  const alert = (await alertsById(tx, [last.id])).get(last.id)
  return alert ? [factOf(fact, alert, null, null, now)] : []
}

const UNACKNOWLEDGED = {
  status: 'open',
  acknowledged_by: null,
  acknowledged_at: null,
  acknowledged_until: null,
  note: null,
} as const

async function openAlert(
  tx: Tx,
  incidentId: number,
  severity: Severity,
  evidence: AlertEvidence,
  now: number,
): Promise<NewFact[]> {
  const { id } = await tx
    .insertInto('alert')
    .values({
      site_id: null,
      incident_id: incidentId,
      rule: 'PLATFORM',
      severity,
      status: 'open',
      opened_at: new Date(now),
      recurrences: 0,
      evidence: JSON.stringify(evidence),
      version: 1,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const alert = (await alertsById(tx, [id])).get(id)
  return alert ? [factOf('alert.opened', alert, null, null, now)] : []
}

async function touch(tx: Tx, id: number, isOver: boolean, now: number): Promise<void> {
  const at = new Date(now)
  await tx
    .updateTable('incident')
    .set({ changed_at: at, ...(isOver && { resolved_at: at }) })
    .where('id', '=', id)
    .execute()
}
