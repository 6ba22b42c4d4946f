import { type RawBuilder, sql } from 'kysely'
import { familyOf, INSPECTION_RULES, inspectionRule } from '../../../shared/monitor/inspections/catalogue.ts'
import {
  BESIDE_PLATFORM,
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
import type { InEach } from '../../../shared/register/rule-editions/editions.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { within } from '../../people/rights/scope.ts'
import { siteOrUnitNamed } from '../../register/sites/queries.ts'
import { shownAddress, shownText } from '../persons/address.ts'

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
export const SOURCE = sql<
  string | null
>`coalesce(p.told, site.platform || ${sql.lit(BESIDE_PLATFORM)} || p.key)`

const GRAVE = INSPECTION_RULES.flatMap(({ id, severity }) => (severity === 'major' ? [id] : []))

/** SQL for whether the problem `p` weighs more than others. */
const IS_GRAVE = sql<boolean>`(p.rule = any(${GRAVE}::text[]))`

/** SQL for whether a rule stands for what it finds, so that nobody has to say a word before it is told. */
const tells = ({ telling }: Asker, p = 'p') => sql`${sql.ref(`${p}.rule`)} = any(${[...telling]}::text[])`

/** SQL for whether the problem `p` may be seen: owners of a site are told what a person or a rule that tells stands for. */
export const isSaid = (asker: Asker, p = 'p'): RawBuilder<boolean> =>
  asker.who.scope.kind === 'unit'
    ? sql`(${sql.ref(`${p}.state`)} = 'confirmed' or (${sql.ref(`${p}.state`)} = 'open' and ${tells(asker, p)}))`
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

const problemRows = (db: Db | Tx) =>
  db
    .selectFrom('inspection_problem as p')
    .innerJoin('site', 'site.id', 'p.site_id')
    .innerJoin('unit', 'unit.id', 'site.unit_id')
    .leftJoin('user_account as decider', 'decider.id', 'p.decided_by')
    .selectAll('p')
    .select(['site.name as site_name', 'site.district', 'site.platform', 'site.unit_id'])
    .select(['unit.name as unit_name', 'decider.name as decider_name'])

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
  const rows: Row[] = []
  // Each heap by its ids, which have an index: what a rule weighs is no column, and all would be sorted by it.
  for (const { which, below } of heapsAfter(page.before)) {
    const lacking = page.limit - rows.length
    if (lacking === 0) break
    let query = problemRows(db).where(sql<boolean>`(${others} and ${isIn(filter.state, asker)} and ${which})`)
    if (below !== null) query = query.where('p.id', '<', below)
    rows.push(...(await query.orderBy('p.id', 'desc').limit(lacking).execute()))
  }
  const items = await toProblems(db, asker, rows)
  const last = items.at(-1)
  const { total, ...counts } = await counted(db, asker, filter.state, others)
  return {
    ...{ items, total, counts: page.before === undefined ? counts : null },
    nextCursor: last && items.length === page.limit ? String(cursorOf(last)) : null,
  }
}

/** What comes after a cursor: of the grave and of the others, all or those below an id. */
function heapsAfter(cursor: number | undefined): { which: RawBuilder<boolean>; below: number | null }[] {
  const below = cursor === undefined ? null : cursor % STRIDE
  const others = sql<boolean>`not ${IS_GRAVE}`
  if (cursor !== undefined && cursor < STRIDE) return [{ which: others, below }]
  return [
    { which: IS_GRAVE, below },
    { which: others, below: null },
  ]
}

/** How many a list has, and how many each of the others. */
async function counted(
  db: Db,
  asker: Asker,
  list: ProblemFilter['state'],
  others: RawBuilder<boolean>,
): Promise<ProblemCounts & { readonly total: number }> {
  // Those that are there and those that are gone are read from an index each.
  const heap = (goneAt: RawBuilder<unknown>, which: RawBuilder<unknown>) => sql`
    select p.rule, p.state, ${goneAt} as gone_at, count(*) as n
    from inspection_problem p join site on site.id = p.site_id where ${which} and ${others} group by 1, 2`
  const many = (of: NonNullable<typeof list> | 'all') => sql`coalesce(sum(n) filter (
    where ${isIn(of === 'all' ? undefined : of, asker)}), 0)::int as ${sql.ref(of)}`
  const lists = ['waiting', 'mend', 'refused', 'gone', list ?? 'all'] as const
  const { rows } = await sql<Record<(typeof lists)[number] | 'all', number>>`
    select ${sql.join([...new Set(lists)].map(many))} from (
      ${heap(sql`null::timestamptz`, IS_THERE)} union all ${heap(sql`'epoch'::timestamptz`, sql`p.gone_at is not null`)}
    ) p`.execute(db)
  const of = (one: (typeof lists)[number]): number => rows[0]?.[one] ?? 0
  const counts = { waiting: of('waiting'), mend: of('mend'), refused: of('refused'), gone: of('gone') }
  return { total: of(list ?? 'all'), ...counts }
}

/** Those of these problems that the asker may see. */
export async function findProblems(
  db: Db | Tx,
  asker: Asker,
  ids: readonly number[],
): Promise<InspectionProblem[]> {
  const rows = await problemRows(db)
    .where('p.id', 'in', [...ids])
    .where(sql<boolean>`(${within(asker.who.scope, 'site')} and ${isSaid(asker)})`)
    .orderBy('p.id')
    .execute()
  return toProblems(db, asker, rows)
}

async function toProblems(db: Db | Tx, asker: Asker, rows: readonly Row[]): Promise<InspectionProblem[]> {
  const others = await othersOf(db, asker, rows)
  return rows.map((row) => toProblem(row, asker, others.get(row.id) ?? 0))
}

/** By problem, on how many other sites of the scope one of its source is seen; those that share none are left out. */
async function othersOf(db: Db | Tx, asker: Asker, page: readonly Row[]): Promise<Map<number, number>> {
  const ids = page.flatMap(({ id, told, platform }) => (told !== null || platform !== null ? [id] : []))
  if (ids.length === 0) return new Map()
  const isShown = sql`q.gone_at is null and q.state <> 'refused' and ${isSaid(asker, 'q')}
    and ${within(asker.who.scope, 'other')}`
  const { rows } = await sql<{ id: number; others: number }>`
    with page as materialized (
      select p.id, p.site_id, p.rule, ${SOURCE} as source, p.told, p.key, site.platform
      from inspection_problem p join site on site.id = p.site_id where p.id = any(${ids}::int[])
    ), seen as (
      select told.rule, told.source, q.site_id from (select distinct rule, source, told from page where told is not null) told
        join inspection_problem q on q.rule = told.rule and q.told = told.told join site other on other.id = q.site_id
      where ${isShown}
      union
      select own.rule, own.source, q.site_id
      from (select distinct rule, source, key, platform from page where told is null) own
        join inspection_problem q on q.rule = own.rule and q.key = own.key and q.told is null
        join site other on other.id = q.site_id and other.platform = own.platform
      where ${isShown}
    ), source as materialized (
      select rule, source, count(*)::int as sites, array_agg(site_id) as ids from seen group by 1, 2
    )
    select page.id, source.sites - (page.site_id = any(source.ids))::int as others
    from page join source on source.rule = page.rule and source.source = page.source`.execute(db)
  return new Map(rows.map(({ id, others }) => [id, others]))
}

function toProblem(row: Row, { who, today }: Asker, others: number): InspectionProblem {
  const isMine = may(who, 'problem.judge', { district: row.district, unitId: row.unit_id })
  const rule = inspectionRule(row.rule)
  return {
    ...{ id: row.id, version: row.version, siteId: row.site_id, siteName: row.site_name },
    ...{ district: row.district, unit: row.unit_name, rule: row.rule, ruleVersion: row.rule_version },
    ...{ url: shownAddress(row.url, today), excerpt: row.excerpt, state: row.state, others },
    said: sentenceOf(row),
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
  return place ? shownText(place, today) : null
}

/**
 * Problems by rule and source, the gravest and widest first: each source that several sites of the scope share, and of each rule those
 * that share none.
 */
export async function listGroups(db: Db, asker: Asker, filter: ProblemFilter): Promise<ProblemGroup[]> {
  type Group = Omit<ProblemGroup, 'firstAt' | 'lastAt' | 'may' | 'severity' | 'said'> &
    Pick<Row, 'detail'> & { firstAt: Date; lastAt: Date }
  const matching = sql`${await narrowed(db, asker, filter)} and ${isIn(filter.state, asker)}`
  const { rows } = await sql<Group>`
    with p as materialized (
      select p.id, p.site_id, p.rule, p.state, p.told, p.first_at, p.last_at, ${SOURCE} as source
      from inspection_problem p join site on site.id = p.site_id where ${matching}
    ), shared as (
      select rule, source from p where source is not null group by rule, source having min(site_id) <> max(site_id)
    ), heap as (
      select min(p.id) as id, p.rule, shared.source as told,
        count(distinct p.site_id)::int as sites, count(*)::int as problems,
        count(*) filter (where p.state = 'open')::int as open, min(p.first_at) as "firstAt", max(p.last_at) as "lastAt",
        (array_agg(p.id order by p.id) filter (where p.state = 'open'))[1:${sql.lit(MOST_AT_ONCE)}] as open_ids
      from p left join shared on shared.rule = p.rule and shared.source = p.source
      group by p.rule, shared.source
      order by ${IS_GRAVE} desc, sites desc, p.rule, shared.source nulls last limit ${MOST_GROUPS}
    )
    select p.id, p.rule, p.told, p.sites, p.problems, p.open, p."firstAt", p."lastAt", first.url, first.excerpt,
      first.detail, (
      select coalesce(jsonb_agg(jsonb_build_object('id', q.id, 'version', q.version) order by q.id), '[]')
      from inspection_problem q where q.id = any(p.open_ids)) as waiting
    from heap p join inspection_problem first on first.id = p.id
    order by ${IS_GRAVE} desc, p.sites desc, p.rule, p.told nulls last
  `.execute(db)
  const isJudge = may(asker.who, 'problem.judge')
  return rows.map(({ detail, ...row }) => ({
    ...row,
    said: sentenceOf({ ...row, detail }),
    severity: inspectionRule(row.rule)?.severity ?? 'minor',
    firstAt: row.firstAt.toISOString(),
    lastAt: row.lastAt.toISOString(),
    may: isJudge && row.waiting.length > 0 ? ['confirmed', 'refused'] : [],
  }))
}

/** What a problem is, in the sentence that its rule has for it. */
function sentenceOf({ rule: id, detail, excerpt }: Pick<Row, 'rule' | 'detail' | 'excerpt'>): InEach | null {
  const rule = inspectionRule(id)
  return rule ? saidOf(rule, { ...detail, excerpt }) : null
}
