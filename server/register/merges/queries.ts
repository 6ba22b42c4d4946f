import { sql } from 'kysely'
import { may, type Principal } from '../../../shared/people/rights/rights.ts'
import type { LikelyDuplicates, Merge, SiteKin } from '../../../shared/register/merges/merges.ts'
import { SAME, type Same } from '../../../shared/register/merges/merges-rules.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { within } from '../../people/rights/scope.ts'
import { isThere } from '../ledger/answers/answers.ts'

const mergeRows = (db: Db | Tx, about: 'site_id' | 'into_id') =>
  db
    .selectFrom('site_merge as m')
    .innerJoin('site', 'site.id', `m.${about}`)
    .select(['m.id', 'm.at', 'm.actor_name', 'm.reason', 'm.was'])
    .select(['site.id as site', 'site.code', 'site.name', 'site.district', 'site.unit_id'])
    .where('m.undone_at', 'is', null)
    .orderBy('m.id', 'desc')
type Row = Awaited<ReturnType<ReturnType<typeof mergeRows>['executeTakeFirstOrThrow']>>

const toMerge = (user: Principal, { id, at, actor_name: by, reason, was, ...of }: Row): Merge => ({
  ...{ id, at: at.toISOString(), by, reason, site: { id: of.site, code: of.code, name: of.name } },
  moved: {
    rectifications: was.moved?.rectifications.length ?? 0,
    findings: was.moved?.findings.length ?? 0,
  },
  mayUndo: may(user, 'register.place', { district: of.district, unitId: of.unit_id }),
})

const splitRows = (db: Db | Tx, about: 'site_id' | 'from_id') =>
  db
    .selectFrom('site_split as s')
    .innerJoin('site', 'site.id', `s.${about}`)
    .select(['s.at', 's.actor_name', 's.reason', 'site.id', 'site.code', 'site.name'])
    .orderBy('s.at', 'desc')
type Split = Awaited<ReturnType<ReturnType<typeof splitRows>['executeTakeFirstOrThrow']>>
const toSplit = ({ at, actor_name: by, reason, ...site }: Split) => ({
  ...{ at: at.toISOString(), by, reason, site },
})

/** What a site has to do with others. */
export async function kinOf(db: Db | Tx, user: Principal, siteId: number): Promise<SiteKin> {
  const into = await mergeRows(db, 'into_id').where('m.site_id', '=', siteId).executeTakeFirst()
  const merged = await mergeRows(db, 'site_id').where('m.into_id', '=', siteId).execute()
  const from = await splitRows(db, 'from_id').where('s.site_id', '=', siteId).executeTakeFirst()
  const splitInto = await splitRows(db, 'site_id').where('s.from_id', '=', siteId).execute()
  return {
    mergedInto: into ? toMerge(user, into) : null,
    merged: merged.map((row) => toMerge(user, row)),
    splitFrom: from ? toSplit(from) : null,
    splitInto: splitInto.map(toSplit),
  }
}

/** Groups of more than so many have something in common that says nothing, such as the number of a platform. */
const MOST_ALIKE = 6
const MOST_GROUPS = 200

/** Sites that are looked after and may be one, the surest first. */
export async function duplicatesWithin(db: Db, scope: Principal['scope']): Promise<LikelyDuplicates[]> {
  // The database keeps prints of what makes two the same, and an index of each.
  const alike = (same: Same) => {
    const print = sql.ref(`site.same_${same}`)
    return sql`
      select ${sql.lit(same)} as same, array_agg(site.id order by site.id) as ids from site
      where ${print} is not null and ${isThere} and ${within(scope, 'site')}
      group by ${print} having count(*) between 2 and ${MOST_ALIKE}`
  }
  const { rows } = await sql<{ ids: number[]; same: Same[] }>`
    with alike as (${sql.join(SAME.map(alike), sql` union all `)})
    select ids, array_agg(same) as same from alike group by ids
    order by count(*) desc, min(array_position(array['address', 'name', 'icp'], same)), ids limit ${MOST_GROUPS}
  `.execute(db)
  const sites = await named(db, [...new Set(rows.flatMap(({ ids }) => ids))])
  return rows.map(({ ids, same }) => ({ same, sites: ids.flatMap((id) => sites.get(id) ?? []) }))
}

async function named(db: Db, ids: readonly number[]) {
  if (ids.length === 0) return new Map<number, LikelyDuplicates['sites'][number]>()
  const rows = await db
    .selectFrom('site')
    .innerJoin('unit', 'unit.id', 'site.unit_id')
    .select(['site.id', 'site.code', 'site.name', 'site.url', 'site.district', 'unit.name as unit'])
    .where('site.id', 'in', ids)
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}
