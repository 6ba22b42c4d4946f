import { sql } from 'kysely'
import { INSPECTION_RULES } from '../../../../shared/monitor/inspections/catalogue.ts'
import type { Tx } from '../../../base/db/database.ts'
import { isCoveredAddress } from '../../persons/address.ts'
import { MOST_OF_SITE, type Problem } from '../rule.ts'
import { isAnother } from './refused.ts'

/** Something that was found, and by which version of its rule. */
export interface FoundProblem extends Problem {
  readonly rule: string
  readonly version: number
}

/**
 * Keeps what was found on a site. What is there already is seen again; what was gone is back, and one that a person has refused
 * stays so as long as it is what that person saw, or less. Of what is new, so many of a rule as are kept of a site. Idempotent.
 */
export async function keepProblems(
  tx: Tx,
  siteId: number,
  problems: readonly FoundProblem[],
  now: Date,
): Promise<void> {
  if (problems.length === 0) return
  await openAnew(tx, siteId, problems, now)
  const rows = problems.map(({ told = null, print = null, ...problem }) => ({ ...problem, told, print }))
  await sql`
    insert into inspection_problem as p
      (site_id, rule, key, url, excerpt, outline, detail, told, print, first_at, last_at, rule_version)
    select ${siteId}::int, one.rule, one.key, one.url, one.excerpt, nullif(one.outline, 'null'::jsonb), one.detail, one.told,
      nullif(one.print, 'null'::jsonb),
      ${now}::timestamptz, ${now}::timestamptz, one.version
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as one(rule text, key text, url text, excerpt text, outline jsonb,
      detail jsonb, told text, print jsonb, version int)
    where exists (select from inspection_problem known
        where known.site_id = ${siteId} and known.rule = one.rule and known.key = one.key)
      or (select count(*) from inspection_problem known
        where known.site_id = ${siteId} and known.rule = one.rule and known.gone_at is null) < ${MOST_OF_SITE}
    on conflict (site_id, rule, key) do update set url = excluded.url, excerpt = excluded.excerpt, outline = excluded.outline,
      detail = excluded.detail, told = excluded.told, last_at = greatest(p.last_at, excluded.last_at), gone_at = null,
      print = case when p.state = 'refused' then coalesce(p.print, excluded.print) else excluded.print end,
      rule_version = excluded.rule_version,
      version = p.version + (p.gone_at is not null)::int
  `.execute(tx)
}

/** What was refused and is another thing now is found for the first time: nobody has said anything of it yet. */
async function openAnew(tx: Tx, siteId: number, problems: readonly FoundProblem[], now: Date): Promise<void> {
  const seen = new Map(
    problems.flatMap(({ rule, key, print }) => (print ? [[`${rule} ${key}`, print] as const] : [])),
  )
  if (seen.size === 0) return
  const refused = await tx
    .selectFrom('inspection_problem')
    .select(['id', 'rule', 'key', 'print'])
    .where('site_id', '=', siteId)
    .where('rule', 'in', [...new Set(problems.map(({ rule }) => rule))])
    .where('state', '=', 'refused')
    .where('print', 'is not', null)
    .execute()
  const others = refused.filter(({ rule, key, print }) => {
    const is = seen.get(`${rule} ${key}`)
    return is !== undefined && print !== null && isAnother(print, is)
  })
  if (others.length === 0) return
  await sql`
    update inspection_problem set state = 'open', decided_by = null, decided_at = null, note = null,
      first_at = ${now}::timestamptz, version = version + 1
    where id = any(${others.map(({ id }) => id)}::int[]) and state = 'refused'
  `.execute(tx)
}

/** Problems that a page had and still has, as it is what it was. */
export async function seeProblemsAgain(
  tx: Tx,
  siteId: number,
  found: readonly (readonly [rule: string, key: string])[],
  now: Date,
): Promise<void> {
  if (found.length === 0) return
  const rows = found.map(([rule, key]) => ({ rule, key }))
  await sql`
    update inspection_problem p set last_at = greatest(p.last_at, ${now}::timestamptz), gone_at = null
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as one(rule text, key text)
    where p.site_id = ${siteId} and p.rule = one.rule and p.key = one.key
  `.execute(tx)
}

export interface ThereProblem {
  readonly id: number
  readonly rule: string
  readonly key: string
  readonly url: string
  /** Names of the pages that a rule of sites has found it on, where it says so. */
  readonly page: string | null
}

/** The problems that a site still has, as far as is known. */
export const problemsThere = (tx: Tx, siteId: number): Promise<ThereProblem[]> =>
  tx
    .selectFrom('inspection_problem')
    .select(['id', 'rule', 'key', 'url', sql<string | null>`detail->>'page'`.as('page')])
    .where('site_id', '=', siteId)
    .where('gone_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()

/** A page or file that a problem is on, which may be the only one who knows of it. */
export interface ProblemPage {
  readonly url: string
  readonly isFile: boolean | null
  /** Null: nothing is kept of it but the problem. */
  readonly depth: number | null
}

const SITE_RULES = INSPECTION_RULES.flatMap(({ id, of }) => (of === 'site' ? [id] : []))

/**
 * One page of each problem that a site has and nobody has refused, those first that were not seen for longest; not the home page, which
 * every look sees. Of addresses that name persons the page knows the true one.
 */
export async function pagesOfProblems(tx: Tx, siteId: number, most: number): Promise<ProblemPage[]> {
  const { rows } = await sql<ProblemPage>`
    with there as (
      select id, rule, key, url from inspection_problem
      where site_id = ${siteId} and gone_at is null and state <> 'refused' and rule <> all(${SITE_RULES}::text[])
    ), page as (
      select distinct on (there.id) there.id, p.url, p.kind, p.depth, p.seen_at
      from inspection_page p cross join lateral jsonb_array_elements(p.found) one
      join there on there.rule = one ->> 0 and there.key = one ->> 1
      where p.site_id = ${siteId} order by there.id, p.depth = 0 desc, p.url = there.url desc, p.seen_at desc
    )
    select coalesce(page.url, there.url) as url, bool_or(page.kind = 'file') as "isFile", min(page.depth) as depth
    from there left join page on page.id = there.id
    where page.depth is distinct from 0 group by 1 order by min(page.seen_at) nulls first, 1 limit ${most}
  `.execute(tx)
  return rows.filter(({ url, depth }) => depth !== null || !isCoveredAddress(url))
}

/** These are gone. */
export async function endProblems(tx: Tx, ids: readonly number[], now: Date): Promise<void> {
  if (ids.length === 0) return
  await sql`
    update inspection_problem set gone_at = ${now}::timestamptz, version = version + 1 where id = any(${ids}::int[])
  `.execute(tx)
}
