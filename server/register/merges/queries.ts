import { type RawBuilder, sql } from 'kysely'
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

/** What may stand in an ICP number and says nothing: as that of a sheet and of a text in Chinese. */
const SPACES = ' \t\r\n\u00a0\u3000'
const print = (text: ReturnType<typeof sql>) => sql`(md5(nullif(${text}, ''))::uuid)`
/**
 * Prints of what two are the same by, and which sites have one: to the letter as the indexes of migration 0163 have them, which alone
 * are read then. ICP numbers have no such index: all that the register says of a site would have to be in it.
 */
const PRINTS: Record<Same, { readonly of: ReturnType<typeof sql>; readonly has: ReturnType<typeof sql> }> = {
  address: {
    of: print(sql`regexp_replace(lower(regexp_replace(url, '^https?://(www\\.)?', '', 'i')),
      '(/(index|default)\\.[a-z]+)?/*$', '')`),
    has: sql`octet_length(url) <= 1000`,
  },
  name: {
    of: print(sql`district || ' ' || regexp_replace(lower(name), '[[:space:]]', '', 'g')`),
    has: sql`true`,
  },
  icp: {
    of: print(sql`translate(profile ->> 'icp', ${sql.lit(SPACES)}, '')`),
    has: sql`profile ->> 'icp' is not null`,
  },
}

/** SQL for groups of sites of a scope that are the same by something, the surest first. */
export function alikeWithin(scope: Principal['scope']): RawBuilder<{ ids: number[]; same: Same[] }> {
  const alike = (same: Same) => {
    const { of, has } = PRINTS[same]
    // Apart (`offset 0`), so that a print which is reckoned is so once for each site.
    return sql`
      select ${sql.lit(same)} as same, array_agg(id order by id) as ids from (
        select ${of} as print, id from site where ${has} and ${isThere} and ${within(scope, 'site')}
        order by 1, 2 offset 0) printed
      where print is not null group by print having count(*) between 2 and ${MOST_ALIKE}`
  }
  return sql`
    with alike as (${sql.join(SAME.map(alike), sql` union all `)})
    select ids, array_agg(same) as same from alike group by ids
    order by count(*) desc, min(array_position(array['address', 'name', 'icp'], same)), ids limit ${MOST_GROUPS}`
}

/** Sites that are looked after and may be one, the surest first. */
export async function duplicatesWithin(db: Db, scope: Principal['scope']): Promise<LikelyDuplicates[]> {
  const { rows } = await alikeWithin(scope).execute(db)
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
