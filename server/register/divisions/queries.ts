import { sql } from 'kysely'
import { groupBy } from '../../../shared/base/lists/group.ts'
import type { NamedPlace } from '../../../shared/base/places.ts'
import { districtsOf, type Scope } from '../../../shared/people/rights/rights.ts'
import type { Division, FoundDivision, ListedDivision } from '../../../shared/register/divisions/divisions.ts'
import { NATION } from '../../../shared/register/divisions/divisions-rules.ts'
import { emptyCounts, type SiteState } from '../../../shared/register/sites/states.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { within } from '../../people/rights/scope.ts'
import { DivisionTree } from './tree.ts'

/**
 * The tree as far as the register of an area needs it: everything down to districts, and the streets in the area.
 * Without an area, no streets.
 */
export async function treeOf(db: Db | Tx, area: string | null): Promise<DivisionTree> {
  const { rows } = await sql<Division>`
    select code, name, name_en as "nameEn", level, parent, successor from division
    where level <> 'street' or code in (${inside(area)})
  `.execute(db)
  return new DivisionTree(rows)
}

/** The codes of everything in a division, itself too. */
const inside = (code: string | null) => sql`
  with recursive inside as (
    select code from division where code = ${code}
    union select division.code from division join inside on division.parent = inside.code
  ) select code from inside`

/** Whether a `site` lies in a division, itself or below it; undefined: wherever it is. */
export const liesUnder = (code: string | undefined) =>
  code === undefined ? sql<boolean>`true` : sql<boolean>`site.division in (${inside(code)})`

/** Adds one, or leaves it as it is. */
export async function addDivision(tx: Tx, division: Division, edited = false): Promise<Division> {
  const { nameEn, ...rest } = division
  await tx
    .insertInto('division')
    .values({ ...rest, name_en: nameEn, edited })
    .onConflict((on) => on.column('code').doNothing())
    .execute()
  return division
}

const LEVEL_ORDER = sql`array_position(
  array['nation', 'province', 'city', 'department', 'district', 'zone', 'street'], division.level)`

/** Right under a division, with their sites within a scope. */
export function partsOf(db: Db, scope: Scope, under: string): Promise<ListedDivision[]> {
  return listed(db, scope, sql`division.parent = ${under}`)
}

/**
 * The top of a scope: what lies right under the area; of narrower scopes, their groups that are divisions.
 * @param area null: the whole nation.
 */
export function topOf(db: Db, scope: Scope, area: string | null): Promise<ListedDivision[]> {
  if (scope.kind === 'city') return partsOf(db, scope, area ?? NATION)
  if (scope.kind === 'district') {
    return listed(db, scope, sql`division.code = any(${[...districtsOf(scope)]}::text[])`)
  }
  return listed(
    db,
    scope,
    sql`division.code in (select site.district from site where ${within(scope, 'site')})`,
  )
}

/** Those with these codes, in no promised order. */
export function divisionsWith(db: Db, scope: Scope, codes: readonly string[]): Promise<ListedDivision[]> {
  return listed(db, scope, sql`division.code = any(${[...codes]}::text[])`)
}

/** Those whose code begins so, or whose name has it in it; those nearer to the top first. */
export async function namedLike(db: Db, scope: Scope, q: string): Promise<FoundDivision[]> {
  const part = q.replace(/[\\%_]/g, '\\$&')
  const found = await listed(
    db,
    scope,
    sql`division.code in (
      select code from division
      where code like ${`${part.toLowerCase()}%`} or name ilike ${`%${part}%`} or name_en ilike ${`${part}%`}
      order by ${LEVEL_ORDER}, code limit 50)`,
  )
  const above = await namesAbove(
    db,
    found.map(({ code }) => code),
  )
  return found.map((one) => ({ ...one, above: above.get(one.code) ?? [] }))
}

/** What divisions lie in, the nearest first, without the nation. */
async function namesAbove(db: Db, codes: readonly string[]): Promise<Map<string, NamedPlace[]>> {
  const { rows } = await sql<NamedPlace & { of: string }>`
    with recursive above as (
      select code as of, parent, 0 as far from division where code = any(${codes}::text[])
      union all select above.of, d.parent, far + 1 from division d join above on d.code = above.parent where far < 20
    ) select above.of, d.code, d.name, d.name_en as "nameEn" from above join division d on d.code = above.parent
    where d.code <> ${NATION} order by above.of, far
  `.execute(db)
  return groupBy(
    rows,
    ({ of }) => of,
    ({ of, ...place }) => place,
  )
}

/** The codes above a division, itself last. */
export async function pathTo(db: Db | Tx, code: string): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`
    with recursive above as (
      select code, parent, 1 as far from division where code = ${code}
      union all select d.code, d.parent, far + 1 from division d join above on d.code = above.parent where far < 20
    ) select code from above order by far desc
  `.execute(db)
  return rows.map((row) => row.code)
}

interface Row extends Omit<ListedDivision, 'counts' | 'total'> {
  readonly states: Partial<Record<SiteState, number>> | null
}

async function listed(db: Db, scope: Scope, which: ReturnType<typeof sql>): Promise<ListedDivision[]> {
  const { rows } = await sql<Row>`
    with recursive wanted as materialized (
      select division.* from division where ${which}
    ), place as materialized (
      -- Sites are counted once; what is added up above them are places, of which there are few.
      select coalesce(site.division, '') as division, site.district, site_state.state, count(*) as sites
      from site join site_state on site_state.site_id = site.id where ${within(scope, 'site')} group by 1, 2, 3
    ), above as (
      -- A group of the area's own sites is no division of theirs.
      select one.division, one.district, code from (select distinct division, district from place) one,
        unnest(array[one.division, one.district]) as code
      union
      select above.division, above.district, part.parent from above join division part on part.code = above.code
    ), counted as (
      select above.code as top, place.state, sum(place.sites)::int as sites
      from above join wanted on wanted.code = above.code
      join place on place.division = above.division and place.district = above.district
      group by 1, 2
    )
    select division.code, division.name, division.name_en as "nameEn", division.level, division.parent,
      division.successor, division.edited, division.version,
      (select count(*)::int from division part where part.parent = division.code and part.successor is null) as parts,
      (select jsonb_object_agg(counted.state, counted.sites) from counted where counted.top = division.code) as states
    from wanted division
    order by ${LEVEL_ORDER}, division.successor is not null, division.code like '%-dept', division.code
  `.execute(db)
  return rows.map(({ states, ...row }) => {
    const counts = { ...emptyCounts(), ...states }
    return { ...row, counts, total: Object.values(counts).reduce((sum, n) => sum + n, 0) }
  })
}
