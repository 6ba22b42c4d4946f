import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Fact } from '../../../shared/base/facts.ts'
import type { Level } from '../../../shared/register/sites/sites.ts'
import type { Db } from '../../base/db/database.ts'
import type { FactTable } from '../../base/facts/tables.ts'
import { toFact } from '../../desk/facts/told.ts'
import { notForDesks } from '../facts/queries.ts'
import { loadTree, type PlaceTree } from '../levels/places.ts'
import { type Named, toldIn, type View } from '../sockets/rooms.ts'

type FactRow = Selectable<FactTable>

/** Some of the log in one order: a range of it, and how many at most. */
interface Asked {
  readonly range: RawBuilder<unknown>
  readonly order: RawBuilder<unknown>
  readonly limit: number
}

/** What of the log a view lets through; of facts one by one, `factsFor` says the same. */
export interface Heard {
  /** As a condition over `fact`, for those that are looked for by something else. */
  readonly condition: RawBuilder<boolean>
  /** The first of those asked for, as the view tells them. */
  facts(asked: Asked): Promise<Fact[]>
}

/** A site as the register has it, for what it lies in. */
interface Placed {
  readonly id: number
  readonly district: string
  readonly division: string | null
  readonly level: Level
}

/** Sites whose facts are heard: all of them, or those from when the site was in the group that it is in. */
interface Sites {
  readonly always: RawBuilder<unknown>
  readonly inGroup: RawBuilder<unknown>
}

/** Reads the log for a view. What a site lies in now, it lay in then, as long as its group was the same (`PlaceTree.within`). */
export async function heardIn(db: Db, view: View): Promise<Heard> {
  const { named } = view
  if (named === null) return { condition: sql`true`, facts: (asked) => read(db, every(asked)) }
  const tree = named.regions.length > 0 ? await loadTree(db, 'past') : null
  const placed = tree ? await sitesUnder(db, named, { tree, isByGroups: view.node === null }) : []
  const tell = tree ? teller(view, tree, placed) : (fact: Fact) => fact
  const sites = sitesOf(named, placed)
  const known = view.isOfUnit ? notForDesks() : sql<boolean>`true`
  const ofGroups = sql<boolean>`fact.district = any(${[...named.districts]}::text[])`
  const condition = sql<boolean>`${known} and (${sql.join([...kindsOf(named), ofGroups, ofSites(sites)], sql` or `)})`
  return {
    condition,
    facts: async (asked) =>
      (
        await read(db, each(asked, { known, kinds: kindsOf(named), groups: [...named.districts], sites }))
      ).map(tell),
  }
}

async function read(db: Db, query: RawBuilder<FactRow>): Promise<Fact[]> {
  const { rows } = await query.execute(db)
  return rows.map(toFact)
}

const every = ({ range, order, limit }: Asked) =>
  sql<FactRow>`select * from fact where ${range} order by seq ${order} limit ${limit}`

/**
 * As many as are asked for of each kind, of each group and of each site, and of these the first: each is read by an index. Were they looked for
 * together, a place of which little is told would have the whole log of a nation read.
 */
function each(
  { range, order, limit }: Asked,
  parts: {
    known: RawBuilder<boolean>
    kinds: RawBuilder<boolean>[]
    groups: readonly string[]
    sites: Sites
  },
) {
  const { known, kinds, groups, sites } = parts
  const some = (condition: RawBuilder<boolean>) =>
    sql`(select seq from fact where ${range} and ${known} and ${condition} order by seq ${order} limit ${limit})`
  const ofEach = sql`(select own.seq from (${sites.always} union all ${sites.inGroup}) site cross join lateral (
      select seq from fact
      where fact.site_id = site.id and (site.district is null or fact.district = site.district) and ${range} and ${known}
      order by seq ${order} limit ${limit}
    ) own order by own.seq ${order} limit ${limit})`
  const ofGroups = sql`(select own.seq from unnest(${groups}::text[]) as told(code) cross join lateral (
      select seq from fact where fact.district = told.code and ${range} and ${known} order by seq ${order} limit ${limit}
    ) own order by own.seq ${order} limit ${limit})`
  return sql<FactRow>`
    with heard as materialized (${sql.join([...kinds.map(some), ofGroups, ofEach], sql` union `)})
    select fact.* from fact
    where seq in (select seq from heard order by seq ${order} limit ${limit})
    order by seq ${order}`
}

/** Facts that are heard for what they are. That the register changed concerns everybody. */
function kindsOf({ districts, units, sites }: Named): RawBuilder<boolean>[] {
  return [
    sql<boolean>`fact.kind = 'register.changed'`,
    sql<boolean>`fact.data ? 'everybody'`,
    sql<boolean>`fact.data ? 'places' and exists (
      select from jsonb_to_recordset(fact.data -> 'places') as place(district text, "unitId" int)
      where place.district = any(${[...districts]}::text[]) or place."unitId" = any(${[...units]}::int[])
        or exists (select from site where site.id = any(${[...sites]}::int[])
          and site.district = place.district and site.unit_id = place."unitId"))`,
  ]
}

function sitesOf({ districts, units, sites }: Named, placed: readonly Placed[]): Sites {
  // What is in a group of the view is heard with it.
  const under = placed.filter(({ district }) => !districts.has(district))
  const [ids, groups] = [under.map(({ id }) => id), under.map(({ district }) => district)]
  return {
    always: sql`select site.id, null::text as district from site
      where site.unit_id = any(${[...units]}::int[]) or site.id = any(${[...sites]}::int[])`,
    inGroup: sql`select * from unnest(${ids}::int[], ${groups}::text[]) as site(id, district)`,
  }
}

const ofSites = ({ always, inGroup }: Sites) =>
  sql<boolean>`fact.site_id in (select id from (${always}) own)
    or (fact.site_id, fact.district) in (select id, district from (${inGroup}) own)`

/** The sites that lie in the divisions of a view, as its board has them; those of its groups only where it is told by other parts. */
async function sitesUnder(
  db: Db,
  { regions, districts }: Named,
  { tree, isByGroups }: { tree: PlaceTree; isByGroups: boolean },
): Promise<Placed[]> {
  const codes = regions.flatMap((region) => tree.inside(region))
  const known = isByGroups ? [...districts] : []
  const rows = await db
    .selectFrom('site')
    .select(['id', 'district', 'division', 'level'])
    .where(sql<boolean>`(division = any(${codes}::text[]) or district = any(${codes}::text[]))
      and district <> all(${known}::text[])`)
    .execute()
  return rows.filter((row) => regions.some((region) => tree.within(row).includes(region)))
}

/** Tells a fact by the part that its site lay in then. */
function teller(view: View, tree: PlaceTree, placed: readonly Placed[]): (fact: Fact) => Fact {
  const byId = new Map(placed.map((one) => [one.id, one]))
  return (fact) => {
    const { siteId, district } = fact
    const site = siteId === null ? undefined : byId.get(siteId)
    const within = site && tree.within({ ...site, district: district ?? site.district })
    return toldIn(view, fact, { siteId, district, unitId: null, within })
  }
}
