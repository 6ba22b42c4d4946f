import { sql } from 'kysely'
import type { NewFact } from '../../../../shared/base/facts.ts'
import { MINUTE, SECOND } from '../../../../shared/base/time.ts'
import { gravest } from '../../../../shared/desk/alerts/importance.ts'
import type { Level } from '../../../../shared/register/sites/sites.ts'
import { doOneByOne } from '../../../base/aside/one-by-one.ts'
import type { Context } from '../../../base/context.ts'
import type { Tx } from '../../../base/db/database.ts'
import { commitFacts } from '../../../base/facts/commit.ts'
import { factOf } from '../facts.ts'
import { alertsById } from '../queries.ts'
import { cameBack, followIncident, type Outage, type Size } from './incident-alert.ts'
import { COLUMN, fallenSites, incidentsOf, isOfCause, MIN_SITES, TOGETHER_MS } from './incident-cause.ts'

/** Fewer sites than that alarm by themselves again, if none has come or gone for as long. */
const RELEASE_MS = 3 * MINUTE
/**
 * To be counted, an incident has all its sites looked at, for each few of thousands that fall one after the other: with these one of
 * so many is counted again only after so long. Who looks after all of them and who changes one by hand counts in any case.
 */
const LARGE = 500
const COUNT_MS = 5 * SECOND

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
  for (const id of await incidentsOf(tx, await fallenSites(tx, siteIds), now)) concerned.add(id)
  return maintain(tx, [...concerned], now, true)
}

/** Looks after all live incidents: what a locked row kept from joining, and those that have become too small. */
export async function maintainIncidents(
  ctx: Pick<Context, 'db' | 'clock' | 'log' | 'wake' | 'after'>,
  now: number,
): Promise<void> {
  const live = await ctx.db
    .selectFrom('incident')
    .select('id')
    .where('resolved_at', 'is', null)
    .where('kind', '<>', 'source')
    .orderBy('id')
    .execute()
  const items = live.map(({ id }) => ({ id, siteId: null }))
  await doOneByOne(ctx, 'incidents', items, (ids) => commitFacts(ctx, (tx) => maintain(tx, ids, now)))
}

/**
 * Brings incidents to what their sites are: who joins, how many are down, whether it is over. Whoever calls it
 * has locked what else it needs before: incidents come after alerts.
 * @param mayWait large ones need not be counted each time.
 */
export async function maintain(
  tx: Tx,
  ids: readonly number[],
  now: number,
  mayWait = false,
): Promise<NewFact[]> {
  const facts: NewFact[] = []
  for (const incident of await lockIncidents(tx, ids)) {
    const joined = await join(tx, incident)
    const isCounted = !mayWait || incident.sites < LARGE || Math.abs(now - incident.changedMs) >= COUNT_MS
    const { city, parts } = isCounted
      ? await followSize(tx, incident, joined.length > 0, now)
      : { city: [], parts: [] }
    const members = await alertsById(tx, [...joined, ...parts])
    facts.push(...city)
    for (const alert of members.values()) facts.push(factOf('alert.grouped', alert, null, null, now))
  }
  return facts
}

/** Counts an incident: what is told of it, and the alerts of its sites that are to be taken on by themselves from now on. */
async function followSize(
  tx: Tx,
  incident: Outage,
  hasGrown: boolean,
  now: number,
): Promise<{ city: NewFact[]; parts: number[] }> {
  const size = await sizeOf(tx, incident.id)
  const isQuiet = now - incident.changedMs >= RELEASE_MS
  const released =
    !hasGrown && size.down < MIN_SITES && isQuiet ? await release(tx, incident.id, size.down) : []
  const isOver = size.down === 0 || released.length > 0
  const city = await followIncident(tx, incident, size, isOver, now)
  if (hasGrown || city.length > 0 || isOver) await touch(tx, incident.id, isOver, now)
  const spokenFor = cameBack(city) ? await lockParts(tx, [incident.id]) : []
  return { city, parts: [...released, ...spokenFor] }
}

/**
 * Tells of the parts of incidents whose own alert somebody has just resolved, that each is to be taken on by itself from
 * now on. @returns the facts
 */
export async function tellParts(tx: Tx, incidentIds: readonly number[], now: number): Promise<NewFact[]> {
  const parts = await alertsById(tx, await lockParts(tx, incidentIds))
  return [...parts.values()].map((alert) => factOf('alert.grouped', alert, null, null, now))
}

/** Live alerts of the sites of incidents. Those that somebody holds are left out: what becomes of them is told then. */
async function lockParts(tx: Tx, incidentIds: readonly number[]): Promise<number[]> {
  if (incidentIds.length === 0) return []
  const rows = await tx
    .selectFrom('alert')
    .select('id')
    .where('incident_id', 'in', [...incidentIds])
    .where('rule', '<>', 'PLATFORM')
    .where('status', '<>', 'resolved')
    .orderBy('id')
    .forUpdate()
    .skipLocked()
    .execute()
  return rows.map((row) => row.id)
}

/** With the alerts that tell of them, which are locked first, and how many sites these tell of: incidents come after alerts. */
async function lockIncidents(tx: Tx, ids: readonly number[]): Promise<(Outage & { sites: number })[]> {
  if (ids.length === 0) return []
  const { rows: telling } = await sql<{ incidentId: number; sites: number | null }>`
    select incident_id as "incidentId", (evidence->>'sites')::int as sites from alert
    where rule = 'PLATFORM' and incident_id = any(${ids}::int[])
    order by id for update
  `.execute(tx)
  const sites = new Map(telling.map((alert) => [alert.incidentId, alert.sites ?? 0]))
  const rows = await tx
    .selectFrom('incident')
    .selectAll()
    .where('id', 'in', [...ids])
    .where('resolved_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  // What sites have in common by what was found on them is looked after where that is followed (`inspected/`).
  return rows.flatMap(({ id, kind, key, opened_at, changed_at }) => {
    const times = { openedMs: opened_at.getTime(), changedMs: changed_at.getTime() }
    return kind === 'source' ? [] : [{ id, kind, key, ...times, sites: sites.get(id) ?? 0 }]
  })
}

/** Alerts of sites that began to fail with the incident, or while it lasts. One that somebody holds joins later. */
async function join(tx: Tx, { id, kind, key, openedMs }: Outage): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    with fitting as (
      select alert.id from alert
        join site_state state on state.site_id = alert.site_id join site on site.id = alert.site_id
      where alert.rule = 'DOWN' and alert.status <> 'resolved' and alert.incident_id is null
        and alert.apart_from is distinct from ${id}
        and state.availability = 'down' and state.since >= ${new Date(openedMs - 2 * TOGETHER_MS)}
        and ${isOfCause(kind)} and ${COLUMN[kind]} = ${key}
      order by alert.id for update of alert skip locked
    )
    update alert set incident_id = ${id} from fitting where alert.id = fitting.id
    returning alert.id
  `.execute(tx)
  return rows.map((row) => row.id)
}

async function sizeOf(tx: Tx, incidentId: number): Promise<Size> {
  const { rows } = await sql<Omit<Size, 'level'> & { levels: Level[] | null }>`
    select count(*)::int as sites, (count(*) filter (where status <> 'resolved'))::int as down,
      mode() within group (order by evidence->>'cause') as cause, json_agg(distinct site.level) as levels
    from alert join site on site.id = alert.site_id where incident_id = ${incidentId} and rule = 'DOWN'
  `.execute(tx)
  const { levels = null, ...size } = rows[0] ?? { sites: 0, down: 0, cause: null }
  return { ...size, level: gravest(levels ?? []) }
}

/** Those that are left alarm by themselves again; at the next look if somebody holds one of them. */
async function release(tx: Tx, incidentId: number, down: number): Promise<number[]> {
  const rows = await tx
    .selectFrom('alert')
    .select('id')
    .where('incident_id', '=', incidentId)
    .where('rule', '=', 'DOWN')
    .where('status', '<>', 'resolved')
    .orderBy('id')
    .forUpdate()
    .skipLocked()
    .execute()
  const ids = rows.map((row) => row.id)
  if (ids.length < down) return []
  await tx
    .updateTable('alert')
    .set({ incident_id: null })
    .where(sql<boolean>`id = any(${ids}::int[])`)
    .execute()
  return ids
}

async function touch(tx: Tx, id: number, isOver: boolean, now: number): Promise<void> {
  const at = new Date(now)
  await tx
    .updateTable('incident')
    .set({ changed_at: at, ...(isOver && { resolved_at: at }) })
    .where('id', '=', id)
    .execute()
}
