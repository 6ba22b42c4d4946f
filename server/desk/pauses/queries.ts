import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import type {
  PauseInFact,
  PausePlan,
  PausePlatform,
  PauseState,
  PauseTimes,
  PauseWindow,
} from '../../../shared/desk/pauses/pauses.ts'
import { windowAfter, windowAt } from '../../../shared/desk/pauses/pauses-rules.ts'
import { may, type Principal, type Scope } from '../../../shared/people/rights/rights.ts'
import type { Db } from '../../base/db/database.ts'
import { within } from '../../people/rights/scope.ts'

/** The columns that say which sites a plan covers: those that have all that is not null. */
export interface PauseBounds {
  readonly site_id: number | null
  readonly unit_id: number | null
  readonly district: string | null
  readonly platform: string | null
}

export interface PauseFilter {
  readonly state?: PauseState | 'past' | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly siteId?: number | undefined
  /** Part of the reason, or of the name of what it is for. */
  readonly q?: string | undefined
}

/** Whether the site of the row is one of those within these bounds. */
export function isBounded(bounds: PauseBounds): RawBuilder<boolean> {
  const { site_id, unit_id, district, platform } = bounds
  const conditions = [
    ...(site_id === null ? [] : [sql`site.id = ${site_id}`]),
    ...(unit_id === null ? [] : [sql`site.unit_id = ${unit_id}`]),
    ...(district === null ? [] : [sql`site.district = ${district}`]),
    ...(platform === null ? [] : [sql`site.platform = ${platform}`]),
  ]
  return conditions.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(conditions, sql` and `)})`
}

/** The same of a plan in SQL: of `site`, and `p`. */
const isCovered = sql<boolean>`((p.site_id is null or site.id = p.site_id)
  and (p.unit_id is null or site.unit_id = p.unit_id) and (p.district is null or site.district = p.district)
  and (p.platform is null or site.platform = p.platform))`

const coversAny = (where: RawBuilder<unknown>) =>
  sql<boolean>`exists (select from site where ${isCovered} and ${where})`
/** Whether every site of a plan lies within a scope, so that it may be decided there. */
const liesWithin = (scope: Scope) => sql<boolean>`not ${coversAny(sql`not ${within(scope, 'site')}`)}`

/** How many sites there are within these bounds, and how many of them outside a scope. */
export async function countBounded(db: Db, scope: Scope, bounds: PauseBounds) {
  const { rows } = await sql<{ sites: number; outside: number }>`
    select count(*)::int as sites, (count(*) filter (where not ${within(scope, 'site')}))::int as outside
    from site where ${isBounded(bounds)}`.execute(db)
  return rows[0] ?? { sites: 0, outside: 0 }
}

/** Platforms that sites within a scope run on, the largest first. */
export async function platformsWithin(db: Db, scope: Scope): Promise<PausePlatform[]> {
  const { rows } = await sql<PausePlatform>`
    select platform as name, count(*)::int as sites from site
    where platform is not null and ${within(scope, 'site')} group by 1 order by 2 desc, 1`.execute(db)
  return rows
}

/** Plans that concern a site within the scope of who asks, or are his own; newest first. */
export async function listPauses(
  db: Db,
  who: Principal,
  filter: PauseFilter,
  page: { limit: number; before?: number | undefined },
  now: number,
): Promise<{ items: PausePlan[]; total: number }> {
  let query = planRows(db, who.scope).where(matches(who, filter))
  if (page.before !== undefined) query = query.where('p.id', '<', page.before)
  const rows = await query.orderBy('p.id', 'desc').limit(page.limit).execute()
  const { total } = await db
    .selectFrom('pause_plan as p')
    .leftJoin('site as its', 'its.id', 'p.site_id')
    .leftJoin('unit', 'unit.id', 'p.unit_id')
    .where(matches(who, filter))
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return { items: rows.map((row) => toPlan(row, who, now)), total }
}

/** One plan that who asks may see. */
export async function findPause(
  db: Db,
  who: Principal,
  id: number,
  now: number,
): Promise<PausePlan | undefined> {
  const row = await planRows(db, who.scope).where('p.id', '=', id).where(matches(who, {})).executeTakeFirst()
  return row && toPlan(row, who, now)
}

/** How many plans wait for an answer that somebody may give. */
export async function countToDecide(db: Db, who: Principal, now: number): Promise<number> {
  if (!may(who, 'pause.approve')) return 0
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from pause_plan p
    where p.state = 'filed' and p.ends_at > ${new Date(now)} and ${liesWithin(who.scope)}`.execute(db)
  return rows[0]?.count ?? 0
}

function matches(who: Principal, { state, from, to, siteId, q }: PauseFilter): RawBuilder<boolean> {
  const conditions = [sql`(p.filed_by = ${who.id} or ${coversAny(within(who.scope, 'site'))})`]
  if (state === 'past') conditions.push(sql`p.state in ('refused', 'withdrawn', 'ended')`)
  else if (state) conditions.push(sql`p.state = ${state}`)
  if (from) conditions.push(sql`p.ends_at > ${new Date(from)}`)
  if (to) conditions.push(sql`p.from_at < ${new Date(to)}`)
  if (siteId !== undefined) conditions.push(coversAny(sql`site.id = ${siteId}`))
  if (q) {
    const pattern = `%${q.replace(/[\\%_]/g, '\\$&')}%`
    conditions.push(
      sql`(p.reason ilike ${pattern} or its.name ilike ${pattern} or unit.name ilike ${pattern} or p.platform ilike ${pattern})`,
    )
  }
  return sql<boolean>`${sql.join(conditions, sql` and `)}`
}

/** Plans as they are told of, by id. */
export async function pausesInFacts(db: Db, ids: readonly number[]): Promise<Map<number, PauseInFact>> {
  if (ids.length === 0) return new Map()
  const rows = await planRows(db, { kind: 'city' }).where(sql<boolean>`p.id = any(${ids}::int[])`).execute()
  return new Map(rows.map((row) => [row.id, toPauseInFact(row)]))
}

/** Where the sites lie that a plan covers, each place once. */
export async function placesOf(db: Db, id: number): Promise<{ district: string; unitId: number }[]> {
  const { rows } = await sql<{ district: string; unitId: number }>`
    select distinct site.district, site.unit_id as "unitId" from pause_plan p join site on ${isCovered}
    where p.id = ${id} order by 1, 2`.execute(db)
  return rows
}

function planRows(db: Db, scope: Scope) {
  return db
    .selectFrom('pause_plan as p')
    .leftJoin('site as its', 'its.id', 'p.site_id')
    .leftJoin('unit', 'unit.id', 'p.unit_id')
    .innerJoin('user_account as filer', 'filer.id', 'p.filed_by')
    .leftJoin('user_account as decider', 'decider.id', 'p.decided_by')
    .selectAll('p')
    .select([
      'its.name as site_name',
      'unit.name as unit_name',
      'filer.name as filer_name',
      'decider.name as decider_name',
      sql<number>`(select count(*)::int from site where ${isCovered})`.as('sites'),
      liesWithin(scope).as('lies_within'),
    ])
}

type PlanRow =
  ReturnType<typeof planRows> extends SelectQueryBuilder<infer _DB, infer _TB, infer Row> ? Row : never

/** When a stored plan is. */
export const timesOf = (row: Pick<PlanRow, 'from_at' | 'to_at' | 'repeat'>): PauseTimes => ({
  from: row.from_at.toISOString(),
  to: row.to_at.toISOString(),
  repeat: row.repeat,
})

function toPauseInFact(row: PlanRow): PauseInFact {
  return {
    ...timesOf(row),
    id: row.id,
    kind: row.kind,
    siteId: row.site_id,
    unitId: row.unit_id,
    district: row.district,
    platform: row.platform,
    name: row.site_name ?? row.unit_name,
    sites: row.sites,
    endsAt: row.ends_at.toISOString(),
    reason: row.reason,
    state: row.state,
    filedBy: { id: row.filed_by, name: row.filer_name },
    filedAt: row.filed_at.toISOString(),
    decidedBy: row.decided_by === null ? null : { id: row.decided_by, name: row.decider_name ?? '' },
    decidedAt: row.decided_at?.toISOString() ?? null,
    answer: row.answer,
    version: row.version,
  }
}

function toPlan(row: PlanRow, who: Principal, now: number): PausePlan {
  const told = toPauseInFact(row)
  const isApproved = row.state === 'approved'
  const mayDecide = row.lies_within && may(who, 'pause.approve')
  return {
    ...told,
    running: isApproved ? spoken(windowAt(told, now)) : null,
    next: isApproved ? spoken(windowAfter(told, now)) : null,
    mayDecide: mayDecide && row.state === 'filed',
    mayChange: (row.state === 'filed' && row.filed_by === who.id) || (isApproved && mayDecide),
    mayWithdraw: (row.state === 'filed' || isApproved) && (row.filed_by === who.id || mayDecide),
  }
}

const spoken = (window: PauseWindow | null) =>
  window && { from: new Date(window.fromMs).toISOString(), to: new Date(window.toMs).toISOString() }
