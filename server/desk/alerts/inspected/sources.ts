import { sql } from 'kysely'
import type { NewFact } from '../../../../shared/base/facts.ts'
import { gravest } from '../../../../shared/desk/alerts/importance.ts'
import { inspectionRule } from '../../../../shared/monitor/inspections/catalogue.ts'
import type { Level } from '../../../../shared/register/sites/sites.ts'
import type { Tx } from '../../../base/db/database.ts'
import { type ToldProblems, toldOfSources, toldProblems } from '../../../monitor/inspections/telling.ts'
import { factOf } from '../facts.ts'
import { cameBack, followIncident, type Incident } from '../incidents/incident-alert.ts'
import { alertsById } from '../queries.ts'

/** So many sites that have the same of one source are told of once. */
const MIN_SITES = 2

interface Source {
  readonly rule: string
  readonly source: string
}
/** As an incident is known again. */
const keyOf = ({ rule, source }: Source): string => `${rule} ${source}`

/**
 * Brings together the alerts of sites that have nothing but the same problem of one source (a host that many link to, a
 * platform's template): one incident for each source, with one alert. A site that has something of its own besides alarms by itself.
 * @param told what is told of these sites now.
 * @param now epoch ms. @returns further facts.
 */
export async function followSources(
  tx: Tx,
  siteIds: readonly number[],
  told: readonly ToldProblems[],
  now: number,
): Promise<NewFact[]> {
  const before = await sourcesBefore(tx, siteIds)
  const sources = new Map(before.map((one) => [keyOf(one), one]))
  for (const { rule, source } of told)
    if (source !== null) sources.set(keyOf({ rule, source }), { rule, source })
  if (sources.size === 0) return []
  const concerned = [...sources.values()].sort((a, b) => keyOf(a).localeCompare(keyOf(b)))
  const all = await toldOfSources(tx, concerned, now)
  const facts: NewFact[] = []
  for (const one of concerned) {
    const sites = all.filter(({ rule, source }) => keyOf({ rule, source: source ?? '' }) === keyOf(one))
    facts.push(
      ...(await followSource(
        tx,
        one,
        sites.map(({ siteId }) => siteId),
        now,
      )),
    )
  }
  return facts
}

/** The sources whose incidents these sites are part of. */
async function sourcesBefore(tx: Tx, siteIds: readonly number[]): Promise<Source[]> {
  const { rows } = await sql<{ key: string }>`
    select distinct incident.key from alert join incident on incident.id = alert.incident_id
    where alert.rule = 'MACHINE' and incident.kind = 'source' and incident.resolved_at is null
      and alert.site_id = any(${[...siteIds]}::int[])
  `.execute(tx)
  return rows.map(({ key }) => sourceOf(key))
}

/** What the incident of a source is about, by its key. */
export function sourceOf(key: string): Source {
  const at = key.indexOf(' ')
  return { rule: key.slice(0, at), source: key.slice(at + 1) }
}

async function followSource(
  tx: Tx,
  one: Source,
  siteIds: readonly number[],
  now: number,
): Promise<NewFact[]> {
  const key = keyOf(one)
  const at = new Date(now)
  const live = await lockLive(tx, key)
  if (!live && siteIds.length < MIN_SITES) return []
  const members = await membersOf(tx, one, siteIds, live?.id ?? null, now)
  const isOver = members.length < MIN_SITES
  if (!live && isOver) return []
  const incident = live ?? (await open(tx, key, at))
  const moved = await move(tx, incident.id, isOver ? [] : members)
  const { name, severity = 'minor' } = inspectionRule(one.rule) ?? {}
  const facts = await followIncident(
    tx,
    incident,
    {
      ...{ sites: siteIds.length, down: isOver ? 0 : members.length, cause: null },
      ...{ level: await levelOf(tx, siteIds), severity, told: { key: one.source, ...(name && { name }) } },
    },
    isOver,
    now,
  )
  if (moved.length > 0 || facts.length > 0) {
    await tx
      .updateTable('incident')
      .set({ changed_at: at, ...(isOver && { resolved_at: at }) })
      .where('id', '=', incident.id)
      .execute()
  }
  const alerts = await alertsById(tx, cameBack(facts) ? [...moved, ...members] : moved)
  return [...facts, ...[...alerts.values()].map((alert) => factOf('alert.grouped', alert, null, null, now))]
}

/** Live alerts of those of these sites of whose problems nothing is told but what is of this source, in the order in which alerts are locked. */
async function membersOf(
  tx: Tx,
  one: Source,
  siteIds: readonly number[],
  incidentId: number | null,
  now: number,
): Promise<number[]> {
  const told = await toldProblems(tx, siteIds, now)
  const others = new Set(
    told.flatMap(({ siteId, rule, source }) =>
      source !== null && keyOf({ rule, source }) === keyOf(one) ? [] : [siteId],
    ),
  )
  const { rows } = await sql<{ id: number }>`
    select id from alert
    where rule = 'MACHINE' and status <> 'resolved' and site_id = any(${siteIds.filter((id) => !others.has(id))}::int[])
      and (incident_id is null or incident_id = ${incidentId}) and apart_from is distinct from coalesce(${incidentId}::int, 0)
    order by id for update
  `.execute(tx)
  return rows.map(({ id }) => id)
}

async function lockLive(tx: Tx, key: string): Promise<Incident | undefined> {
  const row = await tx
    .selectFrom('incident')
    .selectAll()
    .where('kind', '=', 'source')
    .where('key', '=', key)
    .where('resolved_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  return row && asIncident(row)
}

async function open(tx: Tx, key: string, at: Date): Promise<Incident> {
  const row = await tx
    .insertInto('incident')
    .values({ kind: 'source', key, opened_at: at, changed_at: at })
    .onConflict((on) =>
      on.columns(['kind', 'key']).where('resolved_at', 'is', null).doUpdateSet({ changed_at: at }),
    )
    .returningAll()
    .executeTakeFirstOrThrow()
  return asIncident(row)
}

const asIncident = (row: {
  id: number
  kind: Incident['kind']
  key: string
  opened_at: Date
  changed_at: Date
}) => ({
  ...{ id: row.id, kind: row.kind, key: row.key },
  ...{ openedMs: row.opened_at.getTime(), changedMs: row.changed_at.getTime() },
})

/** Has these alerts, and no others, be part of the incident. @returns those for which that is new. */
async function move(tx: Tx, incidentId: number, members: readonly number[]): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    update alert set incident_id = case when id = any(${[...members]}::int[]) then ${incidentId}::int end
    where rule = 'MACHINE' and status <> 'resolved'
      and (incident_id = ${incidentId} or id = any(${[...members]}::int[]))
      and (incident_id is distinct from ${incidentId}) = (id = any(${[...members]}::int[]))
    returning id
  `.execute(tx)
  return rows.map(({ id }) => id)
}

async function levelOf(tx: Tx, siteIds: readonly number[]): Promise<Level | null> {
  if (siteIds.length === 0) return null
  const rows = await tx
    .selectFrom('site')
    .select('level')
    .distinct()
    .where(sql<boolean>`id = any(${siteIds}::int[])`)
    .execute()
  return gravest(rows.map(({ level }) => level))
}
