import { sql } from 'kysely'
import { MINUTE } from '../../../../shared/base/time.ts'
import type { Guard, NewGuard } from '../../../../shared/census/rounds/guards/guards.ts'
import { dueTimes, spanOf } from '../../../../shared/census/rounds/guards/guards-rules.ts'
import type { Round } from '../../../../shared/census/rounds/rounds.ts'
import type { Context } from '../../../base/context.ts'
import type { Tx } from '../../../base/db/database.ts'
import { Refusal } from '../../../base/refusal.ts'
import { loosenVisits, shortestInterval, tightenVisits } from '../../../monitor/schedule/tightening.ts'
import './tables.ts'

const sourceOf = (roundId: number): string => `round:${roundId}`

/** Keeps what a planned round guards. */
export async function insertGuard(tx: Tx, roundId: number, guard: NewGuard): Promise<void> {
  const { name, from, to, districts, siteIds, everyS, hours, graceMin } = guard
  await tx
    .insertInto('census_guard')
    .values({
      ...{ round_id: roundId, name, from_on: from, to_on: to, districts, site_ids: siteIds },
      ...{ every_s: everyS, hours, grace_min: graceMin, report: null },
    })
    .execute()
}

/** SQL for whether a guarded period covers a site. */
export const isGuarded = ({ districts, siteIds }: Pick<Guard, 'districts' | 'siteIds'>) =>
  districts.length + siteIds.length === 0
    ? sql<boolean>`true`
    : sql<boolean>`(site.district = any(${districts}::text[]) or site.id = any(${siteIds}::int[]))`

/**
 * Looks whether the monitor can do what is planned.
 * @throws Refusal invalid where the poll is not over before the period, a district or site is unknown, or the monitor
 * cannot visit so often
 */
export async function requireGuardable(
  ctx: Pick<Context, 'db' | 'config'>,
  guard: NewGuard,
  dueOn: string,
): Promise<void> {
  if (dueOn >= guard.from) throw wrong('guard.from', 'rounds.pollAfterBegin', {})
  const { districts, siteIds } = guard
  const { rows } = await sql<{ districts: number; sites: number }>`
    select (select count(*)::int from district where code = any(${districts}::text[])) as districts,
      (select count(*)::int from site where id = any(${siteIds}::int[])) as sites
  `.execute(ctx.db)
  if (rows[0]?.districts !== new Set(districts).size)
    throw wrong('guard.districts', 'rounds.guardNowhere', {})
  if (rows[0].sites !== new Set(siteIds).size) throw wrong('guard.siteIds', 'rounds.guardNowhere', {})
  const sites = await ctx.db.selectFrom('site').select('id').where(isGuarded(guard)).execute()
  if (sites.length === 0) throw wrong('guard.districts', 'rounds.guardNowhere', {})
  if (guard.everyS === null) return
  const asked = { source: '', siteIds: sites.map(({ id }) => id), ...instantsOf(guard) }
  const shortest = await shortestInterval(ctx.db, ctx.config, asked)
  if (shortest === null) throw wrong('guard.everyS', 'rounds.monitorFull', {})
  if (guard.everyS < shortest)
    throw wrong('guard.everyS', 'rounds.tooOften', { n: sites.length, s: shortest })
}

type Reason = 'rounds.pollAfterBegin' | 'rounds.guardNowhere' | 'rounds.monitorFull' | 'rounds.tooOften'
const wrong = (path: string, reason: Reason, values: Readonly<Record<string, number>>) =>
  new Refusal('invalid', reason, { values, issues: [{ path, reason, values }] })

function instantsOf(period: Pick<Guard, 'from' | 'to'>) {
  const { startMs, endMs } = spanOf(period)
  return { from: new Date(startMs), until: new Date(endMs) }
}

/**
 * Begins what a round guards, its list being fixed: who is to report when, and which sites the monitor visits more often
 * in the period. What is possible has become less since it was planned: then as often as can be.
 */
export async function beginGuard(
  ctx: Context,
  tx: Tx,
  { id }: Pick<Round, 'id'>,
  guard: Guard,
): Promise<void> {
  await insertZeroReports(tx, id, guard, ctx.clock.now())
  if (guard.everyS === null) return
  const sites = await tx
    .selectFrom('census_round_site')
    .select('site_id')
    .where('round_id', '=', id)
    .execute()
  const asked = { source: sourceOf(id), siteIds: sites.map(({ site_id }) => site_id), ...instantsOf(guard) }
  const shortest = await shortestInterval(tx, ctx.config, asked)
  const everyS = shortest === null ? null : Math.max(guard.everyS, shortest)
  if (everyS !== guard.everyS) {
    await tx.updateTable('census_guard').set({ every_s: everyS }).where('round_id', '=', id).execute()
  }
  if (everyS !== null) await tightenVisits(tx, { ...asked, everyS })
}

/** The monitor goes back to what it did before, whenever the round ends. */
export const endGuard = (tx: Tx, roundId: number): Promise<void> => loosenVisits(tx, sourceOf(roundId))

/**
 * One at each hour from each district of the list, and from each unit of the groups that are no district (departments);
 * of a period that is opened late none that could not have been on time any more.
 */
async function insertZeroReports(tx: Tx, roundId: number, guard: Guard, nowMs: number): Promise<void> {
  const times = dueTimes(guard)
    .filter((dueMs) => dueMs + guard.graceMin * MINUTE >= nowMs)
    .map((ms) => new Date(ms).toISOString())
  if (times.length === 0) return
  await sql`
    insert into census_zero_report (round_id, district, unit_id, unit_name, due_at)
    select ${roundId}::int, one.district, one.unit_id, one.unit_name, due.at::timestamptz
    from (
      select distinct district, null::int as unit_id, null as unit_name from census_round_site
        where round_id = ${roundId} and district not like '%-%'
      union all
      select min(district), unit_id, min(unit_name) from census_round_site
        where round_id = ${roundId} and district like '%-%' group by unit_id
    ) one cross join unnest(${times}::text[]) as due(at)
    order by due.at, one.district, one.unit_id
  `.execute(tx)
}
