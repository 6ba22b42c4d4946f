import { type RawBuilder, sql } from 'kysely'
import { familyOf, INSPECTION_RULES, inspectionRule } from '../../../shared/monitor/inspections/catalogue.ts'
import {
  type InspectionProblem,
  MOST_AT_ONCE,
  MOST_GROUPS,
  PROBLEM_STATES,
  type ProblemCounts,
  type ProblemGroup,
  type ProblemList,
  type ProblemState,
  saidOf,
} from '../../../shared/monitor/inspections/inspections.ts'
import { may, type Principal } from '../../../shared/people/rights/rights.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { within } from '../../people/rights/scope.ts'
import { siteOrUnitNamed } from '../../register/sites/queries.ts'
import { withoutPersons } from './content/personal/find.ts'

/** Whoever asks, and the rules that may tell without a person's word. */
export interface Asker {
  readonly who: Pick<Principal, 'id' | 'role' | 'scope'>
  readonly telling: readonly string[]
  /** The local day, YYYY-MM-DD. */
  readonly today: string
}

export interface ProblemFilter {
  readonly rule?: string | undefined
  readonly family?: string | undefined
  readonly district?: string | undefined
  readonly site?: number | undefined
  readonly told?: string | undefined
  readonly state?: ProblemState | ProblemList | undefined
  /** Part of what a site or its unit is called. */
  readonly q?: string | undefined
}

/** SQL for the source that a problem shares with other sites': a name of its own, or the platform with its key; null without. */
export const SOURCE = sql<string | null>`coalesce(p.told, site.platform || ' · ' || p.key)`

const GRAVE = INSPECTION_RULES.flatMap(({ id, severity }) => (severity === 'major' ? [id] : []))

/** SQL for how much the problem `p` weighs. */
const WEIGHT = sql<number>`(p.rule = any(${GRAVE}::text[]))::int`

/** SQL for whether a rule stands for what it finds, so that nobody has to say a word before it is told. */
const tells = ({ telling }: Asker) => sql`p.rule = any(${[...telling]}::text[])`

/** SQL for whether a problem may be seen: owners of a site are told what a person or a rule that tells stands for. */
export const isSaid = (asker: Asker): RawBuilder<boolean> =>
  asker.who.scope.kind === 'unit'
    ? sql`(p.state = 'confirmed' or (p.state = 'open' and ${tells(asker)}))`
    : sql`true`

const IS_THERE = sql`p.gone_at is null`

/** SQL for whether a problem stands in a list. */
function isIn(list: ProblemFilter['state'], asker: Asker): RawBuilder<boolean> {
  if (list === undefined) return sql`(${IS_THERE} and p.state <> 'refused')`
  if (list === 'gone') return sql`p.gone_at is not null`
  if (list === 'waiting') return sql`(${IS_THERE} and p.state = 'open' and not ${tells(asker)})`
  if (list === 'mend')
    return sql`(${IS_THERE} and (p.state = 'confirmed' or (p.state = 'open' and ${tells(asker)})))`
  return sql`(${IS_THERE} and p.state = ${list})`
}

/** SQL for what all filters but the list leave of the scope. */
async function narrowed(
  db: Db,
  asker: Asker,
  { rule, family, district, site, told, q }: ProblemFilter,
): Promise<RawBuilder<boolean>> {
  const rules = INSPECTION_RULES.filter(({ id }) => familyOf(id) === family).map(({ id }) => id)
  const conditions = [within(asker.who.scope, 'site'), sql`site.merged_into is null`, isSaid(asker)]
  if (rule !== undefined) conditions.push(sql`p.rule = ${rule}`)
  if (family !== undefined) conditions.push(sql`p.rule = any(${rules}::text[])`)
  if (district !== undefined) conditions.push(sql`site.district = ${district}`)
  if (site !== undefined) conditions.push(sql`p.site_id = ${site}`)
  if (told !== undefined) conditions.push(sql`${SOURCE} = ${told}`)
  if (q) conditions.push(await siteOrUnitNamed(db, q))
  return sql<boolean>`(${sql.join(conditions, sql` and `)})`
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

/** In a cursor, what a problem weighs stands before its id: the list goes on where it was, also when that problem is gone. */
const STRIDE = 1e10
export const LAST_CURSOR = 2 * STRIDE - 1

const cursorOf = ({ severity, id }: InspectionProblem): number => (severity === 'major' ? STRIDE : 0) + id

/**
 * Problems on sites of the scope, the gravest first, of those the newest: at most `limit`, those after the cursor `before`. How
 * many each list has is counted with the first page.
 */
export async function listProblems(
  db: Db,
  asker: Asker,
  filter: ProblemFilter,
  page: { readonly limit: number; readonly before?: number | undefined },
): Promise<{
  items: InspectionProblem[]
  total: number
  counts: ProblemCounts | null
  nextCursor: string | null
}> {
  const others = await narrowed(db, asker, filter)
  let query = problemRows(db, asker).where(sql<boolean>`(${others} and ${isIn(filter.state, asker)})`)
  if (page.before !== undefined) query = query.where(isAfter(page.before))
  const rows = await query.orderBy(WEIGHT, 'desc').orderBy('p.id', 'desc').limit(page.limit).execute()
  const items = rows.map((row) => toProblem(row, asker))
  const last = items.at(-1)
  return {
    items,
    nextCursor: last && items.length === page.limit ? String(cursorOf(last)) : null,
    ...(await counted(db, asker, filter.state, others, page.before)),
  }
}

/** How many a list has, and, with its first page, how many each of the others. */
async function counted(
  db: Db,
  asker: Asker,
  list: ProblemFilter['state'],
  others: RawBuilder<boolean>,
  before: number | undefined,
): Promise<{ total: number; counts: ProblemCounts | null }> {
  const all = db.selectFrom('inspection_problem as p').innerJoin('site', 'site.id', 'p.site_id')
  const many = (of: ProblemFilter['state']) => sql<number>`(count(*) filter (where ${isIn(of, asker)}))::int`
  if (before !== undefined) {
    const { total } = await all
      .where(sql<boolean>`(${others} and ${isIn(list, asker)})`)
      .select(sql<number>`count(*)::int`.as('total'))
      .executeTakeFirstOrThrow()
    return { total, counts: null }
  }
  const { total, ...counts } = await all
    .where(others)
    .select([many(list).as('total'), many('waiting').as('waiting'), many('mend').as('mend')])
    .select([many('refused').as('refused'), many('gone').as('gone')])
    .executeTakeFirstOrThrow()
  return { total, counts }
}

/** Whether the problem `p` comes after a cursor. */
const isAfter = (cursor: number): RawBuilder<boolean> =>
  sql<boolean>`(${WEIGHT}, p.id) < (${Math.floor(cursor / STRIDE)}::int, ${cursor % STRIDE}::bigint)`

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

function toProblem(row: Row, { who, today }: Asker): InspectionProblem {
  const isMine = may(who, 'problem.judge', { district: row.district, unitId: row.unit_id })
  const rule = inspectionRule(row.rule)
  return {
    ...{ id: row.id, version: row.version, siteId: row.site_id, siteName: row.site_name },
    ...{ district: row.district, unit: row.unit_name, rule: row.rule, ruleVersion: row.rule_version },
    ...{ url: row.url, excerpt: row.excerpt, state: row.state, others: row.others },
    said: rule ? saidOf(rule, { ...row.detail, excerpt: row.excerpt }) : null,
    place: placeOf(row.outline, today),
    severity: rule?.severity ?? 'minor',
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

/** What of its page a problem is, as it is shown: numbers of persons are covered. */
function placeOf(outline: Row['outline'], today: string): string | null {
  const place = outline?.text ?? outline?.href ?? outline?.selector
  return place ? withoutPersons(place, today) : null
}

/**
 * Problems by rule and source, the gravest and widest first: each source that several sites of the scope share, and of each rule those
 * that share none.
 */
export async function listGroups(db: Db, asker: Asker, filter: ProblemFilter): Promise<ProblemGroup[]> {
  type Group = Omit<ProblemGroup, 'firstAt' | 'lastAt' | 'may' | 'severity'> & { firstAt: Date; lastAt: Date }
  const matching = sql`${await narrowed(db, asker, filter)} and ${isIn(filter.state, asker)}`
  const { rows } = await sql<Group>`
    with p as (
      select p.*, site.platform, ${SOURCE} as source from inspection_problem p join site on site.id = p.site_id where ${matching}
    ), shared as (
      select rule, source from p where source is not null group by rule, source having count(distinct site_id) > 1
    )
    select min(p.id) as id, p.rule, shared.source as told,
      case when shared.source is not null and min(p.told) is null then min(p.platform) end as platform,
      count(distinct p.site_id)::int as sites, count(*)::int as problems,
      count(*) filter (where p.state = 'open')::int as open, min(p.first_at) as "firstAt", max(p.last_at) as "lastAt",
      min(p.url) as url, min(p.excerpt) as excerpt,
      jsonb_path_query_array(coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'version', p.version) order by p.id)
        filter (where p.state = 'open'), '[]'), ${`$[0 to ${MOST_AT_ONCE - 1}]`}::jsonpath) as waiting
    from p left join shared on shared.rule = p.rule and shared.source = p.source
    group by p.rule, shared.source
    order by ${WEIGHT} desc, sites desc, p.rule, shared.source nulls last limit ${MOST_GROUPS}
  `.execute(db)
  const isJudge = may(asker.who, 'problem.judge')
  return rows.map((row) => ({
    ...row,
    severity: inspectionRule(row.rule)?.severity ?? 'minor',
    firstAt: row.firstAt.toISOString(),
    lastAt: row.lastAt.toISOString(),
    may: isJudge && row.waiting.length > 0 ? ['confirmed', 'refused'] : [],
  }))
}
