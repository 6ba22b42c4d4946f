import { type RawBuilder, sql } from 'kysely'
import { familyOf, INSPECTION_RULES } from '../../../shared/monitor/inspections/catalogue.ts'
import {
  type InspectionProblem,
  MOST_AT_ONCE,
  PROBLEM_STATES,
  type ProblemGroup,
  type ProblemState,
} from '../../../shared/monitor/inspections/inspections.ts'
import { may, type Principal } from '../../../shared/people/rights/rights.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { within } from '../../people/rights/scope.ts'

/** Whoever asks, and the rules that may tell without a person's word. */
export interface Asker {
  readonly who: Pick<Principal, 'id' | 'role' | 'scope'>
  readonly telling: readonly string[]
}

export interface ProblemFilter {
  readonly rule?: string | undefined
  readonly family?: string | undefined
  readonly district?: string | undefined
  readonly site?: number | undefined
  readonly told?: string | undefined
  readonly state?: ProblemState | 'gone' | undefined
}

/** SQL for the source that a problem shares with other sites': a name of its own, or the platform with its key; null without. */
export const SOURCE = sql<string | null>`coalesce(p.told, site.platform || ' · ' || p.key)`

/** SQL for whether a problem may be seen: owners of a site are told what a person or a rule that tells stands for. */
export const isSaid = ({ who, telling }: Asker): RawBuilder<boolean> =>
  who.scope.kind === 'unit'
    ? sql`(p.state = 'confirmed' or (p.state = 'open' and p.rule = any(${telling}::text[])))`
    : sql`true`

function matches(asker: Asker, { rule, family, district, site, told, state }: ProblemFilter) {
  const rules = INSPECTION_RULES.filter(({ id }) => familyOf(id) === family).map(({ id }) => id)
  const isThere = sql`p.gone_at is null`
  const inState =
    state === undefined
      ? sql`(${isThere} and p.state <> 'refused')`
      : state === 'gone'
        ? sql`p.gone_at is not null`
        : sql`(${isThere} and p.state = ${state})`
  return sql<boolean>`(${within(asker.who.scope, 'site')} and site.merged_into is null and ${isSaid(asker)} and ${inState}
    and ${rule === undefined ? sql`true` : sql`p.rule = ${rule}`}
    and ${family === undefined ? sql`true` : sql`p.rule = any(${rules}::text[])`}
    and ${district === undefined ? sql`true` : sql`site.district = ${district}`}
    and ${site === undefined ? sql`true` : sql`p.site_id = ${site}`}
    and ${told === undefined ? sql`true` : sql`${SOURCE} = ${told}`})`
}

function problemRows(db: Db | Tx, { who }: Asker) {
  return db
    .selectFrom('inspection_problem as p')
    .innerJoin('site', 'site.id', 'p.site_id')
    .innerJoin('unit', 'unit.id', 'site.unit_id')
    .leftJoin('user_account as decider', 'decider.id', 'p.decided_by')
    .selectAll('p')
    .select(['site.name as site_name', 'site.district', 'site.unit_id', 'unit.name as unit_name'])
    .select('decider.name as decider_name')
    .select(
      sql<number>`(select count(distinct q.site_id)::int from inspection_problem q join site other on other.id = q.site_id
        where q.rule = p.rule and q.site_id <> p.site_id and q.gone_at is null and q.state <> 'refused'
          and ${within(who.scope, 'other')}
          and (q.told = p.told or (p.told is null and q.told is null and q.key = p.key and other.platform = site.platform)))`.as(
        'others',
      ),
    )
}

type Row = Awaited<ReturnType<ReturnType<typeof problemRows>['executeTakeFirstOrThrow']>>

/** Problems on sites of the scope, newest first: at most `limit`, with ids before `before`. */
export async function listProblems(
  db: Db,
  asker: Asker,
  filter: ProblemFilter,
  page: { readonly limit: number; readonly before?: number | undefined },
): Promise<{ items: InspectionProblem[]; total: number }> {
  const matching = matches(asker, filter)
  let query = problemRows(db, asker).where(matching)
  if (page.before !== undefined) query = query.where('p.id', '<', page.before)
  const rows = await query.orderBy('p.id', 'desc').limit(page.limit).execute()
  const { total } = await db
    .selectFrom('inspection_problem as p')
    .innerJoin('site', 'site.id', 'p.site_id')
    .where(matching)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return { items: rows.map((row) => toProblem(row, asker)), total }
}

/** Those of these problems that the asker may see. */
export async function findProblems(
  db: Db | Tx,
  asker: Asker,
  ids: readonly number[],
): Promise<InspectionProblem[]> {
  const rows = await problemRows(db, asker)
    .where('p.id', 'in', [...ids])
    .where(sql<boolean>`(${within(asker.who.scope, 'site')} and ${isSaid(asker)})`)
    .orderBy('p.id')
    .execute()
  return rows.map((row) => toProblem(row, asker))
}

function toProblem(row: Row, { who }: Asker): InspectionProblem {
  const isMine = may(who, 'problem.judge', { district: row.district, unitId: row.unit_id })
  return {
    ...{ id: row.id, version: row.version, siteId: row.site_id, siteName: row.site_name },
    ...{ district: row.district, unit: row.unit_name, rule: row.rule, ruleVersion: row.rule_version },
    ...{ url: row.url, excerpt: row.excerpt, state: row.state, others: row.others },
    firstAt: row.first_at.toISOString(),
    lastAt: row.last_at.toISOString(),
    goneAt: row.gone_at?.toISOString() ?? null,
    decided:
      row.decided_by === null || row.decided_at === null
        ? null
        : {
            by: { id: row.decided_by, name: row.decider_name ?? '' },
            at: row.decided_at.toISOString(),
            note: row.note,
          },
    may: isMine ? PROBLEM_STATES.filter((state) => state !== row.state) : [],
  }
}

/** Sources that several sites of the scope share, the widest first. */
export async function listGroups(db: Db, asker: Asker, filter: ProblemFilter): Promise<ProblemGroup[]> {
  type Group = Omit<ProblemGroup, 'firstAt' | 'lastAt' | 'may'> & { firstAt: Date; lastAt: Date }
  const { rows } = await sql<Group>`
    select rule, told, platform, sites, problems, open, "firstAt", "lastAt", url, excerpt,
      jsonb_path_query_array(waiting, ${`$[0 to ${MOST_AT_ONCE - 1}]`}::jsonpath) as waiting
    from (
      select p.rule, ${SOURCE} as told, case when min(p.told) is null then min(site.platform) end as platform,
        count(distinct p.site_id)::int as sites, count(*)::int as problems,
        count(*) filter (where p.state = 'open')::int as open, min(p.first_at) as "firstAt", max(p.last_at) as "lastAt",
        min(p.url) as url, min(p.excerpt) as excerpt,
        coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'version', p.version) order by p.id)
          filter (where p.state = 'open'), '[]') as waiting
      from inspection_problem p join site on site.id = p.site_id
      where ${matches(asker, filter)} and ${SOURCE} is not null
      group by p.rule, 2 having count(distinct p.site_id) > 1
    ) as one
    order by sites desc, rule, told limit 200
  `.execute(db)
  const isJudge = may(asker.who, 'problem.judge')
  return rows.map((row) => ({
    ...row,
    firstAt: row.firstAt.toISOString(),
    lastAt: row.lastAt.toISOString(),
    may: isJudge && row.waiting.length > 0 ? ['confirmed', 'refused'] : [],
  }))
}
