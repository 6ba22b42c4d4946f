import { type Selectable, sql } from 'kysely'
import {
  APART_AT_LEAST,
  APART_SHARE,
  CONFIRM_MS,
  FRESH_INTERVALS,
  type Looked,
  type LookOutcome,
  MISSED_ELSEWHERE,
} from '../../../shared/monitor/vantages/vantages-rules.ts'
import type { Cause } from '../../../shared/monitor/visit/probes.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import type { Behind } from '../pace/teller.ts'
import { siteHost } from '../schedule/queries.ts'
import { isCounted } from '../standing/looks.ts'
import type { VantageTable } from './tables.ts'

/** A place that looks. */
export interface Place {
  readonly name: string
  readonly region: string | null
  readonly demo: boolean
}

/** A place that was not heard of for so long is forgotten, with what it saw. */
const FORGOTTEN = '30 days'

/** Says that a place is there. @returns its number. */
export async function sayThere(db: Db, { name, region, demo }: Place, now: Date): Promise<number> {
  const { id } = await db
    .insertInto('vantage')
    .values({ name, region, demo, seen_at: now })
    .onConflict((on) => on.column('name').doUpdateSet({ region, seen_at: now }))
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/**
 * SQL for a look that speaks against a site which the home place reaches: missed twice running, since the home place came to
 * reach it. Where it is missed for that already, nothing was reached in between.
 */
const isContradiction = (now: Date) => sql<boolean>`(look.outcome = 'failed' and look.at > look.since
  and look.fresh_until > ${now}::timestamptz
  and (state.cause = ${MISSED_ELSEWHERE} or (state.availability = 'up' and look.at > state.since)))`

/**
 * SQL for what goes on speaking against a place that doubts its own line: it still misses a site that the home place reaches, be it
 * that this has only just come to be called up again. Else half of what the place misses would count for it until its next turns.
 */
const isStillMissed = (now: Date) => sql<boolean>`(look.outcome = 'failed' and look.at > look.since
  and look.fresh_until > ${now}::timestamptz and state.availability = 'up')`

/**
 * The same later on, by how much its looks come late, and whether the place has to doubt its own line; one that is gone with the demo does
 * not come back.
 */
export async function sayStillThere(
  db: Db,
  vantageId: number,
  now: Date,
  { ms, isTooMuch }: Behind,
): Promise<void> {
  await sql`
    update vantage set seen_at = ${now}, behind_s = ${ms / 1_000}::float8,
      behind_since = case when ${isTooMuch}::boolean then coalesce(behind_since, ${now}::timestamptz) end, is_apart = (
      select count(distinct coalesce(site.platform, ${siteHost})) >= greatest(${APART_AT_LEAST}::int, ${APART_SHARE}::float8
        * (select count(*) from vantage_look l where l.vantage_id = ${vantageId} and l.fresh_until > ${now}))
      from vantage_look look join site_state state on state.site_id = look.site_id join site on site.id = look.site_id
      where look.vantage_id = ${vantageId} and (${isContradiction(now)} or (vantage.is_apart and ${isStillMissed(now)})))
    where id = ${vantageId}
  `.execute(db)
}

/** Forgets places that are long gone, at an instant (epoch ms) that the database agrees with. */
export async function forgetPlaces(db: Db, nowMs: number): Promise<void> {
  const gone = sql`(select id from vantage where seen_at < ${new Date(nowMs)}::timestamptz - interval '${sql.raw(FORGOTTEN)}')`
  await sql`delete from vantage_look where vantage_id in ${gone}`.execute(db)
  await sql`delete from vantage where id in ${gone}`.execute(db)
}

/** A look that was made. */
export interface Look {
  readonly siteId: number
  readonly atMs: number
  readonly outcome: LookOutcome
  readonly cause: Cause | null
  readonly status: number | null
  readonly totalMs: number | null
  readonly everyS: number
  /** The server asks not to be visited before then (epoch ms); null: it does not. */
  readonly putOffMs: number | null
}

/** Stores what a place has seen, each site once, in one statement. What is older than what is known changes nothing. */
export async function storeLooks(db: Db, vantageId: number, looks: readonly Look[]): Promise<void> {
  const rows = looks.map(({ siteId, atMs, outcome, cause, status, totalMs, everyS, putOffMs }) => ({
    ...{ site_id: siteId, at: new Date(atMs), outcome, cause, status, total_ms: totalMs },
    fresh_until: new Date(atMs + FRESH_INTERVALS * everyS * 1_000),
    put_off: putOffMs === null ? null : new Date(putOffMs),
  }))
  await sql`
    with seen as (
      select s.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as s(site_id int, at timestamptz, outcome text,
        cause text, status int2, total_ms float4, fresh_until timestamptz, put_off timestamptz)
      join vantage_look look on look.site_id = s.site_id and look.vantage_id = ${vantageId}
      where look.at is null or look.at <= s.at
      order by s.site_id
      for update of look
    )
    update vantage_look look set at = s.at, outcome = s.outcome, cause = s.cause, status = s.status,
      total_ms = s.total_ms, since = case when look.outcome = s.outcome then look.since else s.at end,
      fresh_until = s.fresh_until, next_at = greatest(s.put_off, case when s.outcome = 'failed' and look.outcome is distinct from 'failed'
        then least(look.next_at, s.at + make_interval(secs => ${CONFIRM_MS / 1_000}::float8)) else look.next_at end)
    from seen s where look.site_id = s.site_id and look.vantage_id = ${vantageId}
  `.execute(db)
}

/** What a place did not reach since it has doubted its own line says nothing of the sites. */
export async function takeBackLooks(db: Db, vantageId: number, since: Date): Promise<void> {
  await db
    .updateTable('vantage_look')
    .set({ outcome: 'unmeasured' })
    .where('vantage_id', '=', vantageId)
    .where('outcome', '=', 'failed')
    .where('at', '>=', since)
    .execute()
}

/**
 * How many other places reach these sites, and how many do not. What was seen before the home place first missed a site says nothing of
 * that. Sites that nobody else has looked at are left out.
 */
export async function seenElsewhere(
  db: Db | Tx,
  siteIds: readonly number[],
  now: Date,
): Promise<Map<number, Looked>> {
  const { rows } = await sql<Looked & { siteId: number }>`
    select look.site_id as "siteId", (count(*) filter (where look.outcome = 'ok'))::int as reached,
      (count(*) filter (where look.outcome = 'failed'))::int as failed
    from vantage_look look join vantage place on place.id = look.vantage_id join site_state state on state.site_id = look.site_id
    where look.site_id = any(${[...siteIds]}::int[]) and ${isCounted(now)}
      and (state.availability not in ('suspect', 'down') or look.at >= state.since)
    group by 1
  `.execute(db)
  return new Map(rows.map(({ siteId, ...looked }) => [siteId, looked]))
}

/** How many other places reach sites that the home place reaches, and how many have missed them twice running since it does. */
export async function contradictions(
  db: Db | Tx,
  siteIds: readonly number[],
  now: Date,
): Promise<Map<number, Looked>> {
  const { rows } = await sql<Looked & { siteId: number }>`
    select look.site_id as "siteId", (count(*) filter (where look.outcome = 'ok'))::int as reached,
      (count(*) filter (where ${isContradiction(now)}))::int as failed
    from vantage_look look join vantage place on place.id = look.vantage_id join site_state state on state.site_id = look.site_id
    where look.site_id = any(${[...siteIds]}::int[]) and ${isCounted(now)}
    group by 1
  `.execute(db)
  return new Map(rows.map(({ siteId, ...looked }) => [siteId, looked]))
}

export type PlaceHeard = Readonly<
  Pick<Selectable<VantageTable>, 'name' | 'seen_at' | 'behind_s' | 'behind_since'>
>

/** When each place was heard of last, and by how much its looks came late then. */
export const placesHeard = (db: Db): Promise<PlaceHeard[]> =>
  db.selectFrom('vantage').select(['name', 'seen_at', 'behind_s', 'behind_since']).orderBy('name').execute()
