import { sql } from 'kysely'
import { addDays, localDay, MINUTE } from '../../../shared/base/time.ts'
import type {
  Consolidation,
  ShareOfDay,
  ShareOfDistrict,
} from '../../../shared/census/consolidation/consolidation.ts'
import { ALONE_RULES, UNITS_OF_SHARED } from '../../../shared/census/consolidation/consolidation-rules.ts'
import { districtsOf, type Scope } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Db } from '../../base/db/database.ts'
import { within } from '../../people/rights/scope.ts'
import { isThere } from '../../register/ledger/answers/answers.ts'

/** What a day's figures are of at its end is known to within so much. */
const KEPT_FOR_MS = 30 * MINUTE
/** Two years of days. */
const DAYS = 731

/** Names of the shared platforms, whoever asks: what a platform is does not hang on what one sees of it. */
export const sharedPlatforms = sql`(
  select carried.name from (
    select site.platform as name, count(distinct site.unit_id) as units
    from site where site.platform is not null and ${isThere} group by site.platform
  ) carried left join platform on platform.name = carried.name
  where coalesce(platform.is_shared, carried.units >= ${UNITS_OF_SHARED}))`

/** That a site of these columns is on a shared platform; with `shared` brought as `sharedPlatforms`. */
export const isOnShared = sql<boolean>`(site.platform is not null and site.platform in (select name from shared))`

/** That a site falls under a rule; of none of these names, one of them. */
export const fallsUnder = (rules: readonly (typeof ALONE_RULES)[number][] = ALONE_RULES) => {
  const levels = rules.flatMap((rule) => rule.levels)
  const names = rules.flatMap((rule) => rule.names)
  return sql<boolean>`(site.level = any(${levels}::text[])
    or exists (select from unnest(${names}::text[]) as word where position(word in site.name) > 0))`
}

const figures = sql`count(*)::int as sites, count(*) filter (where ${isOnShared})::int as shared,
  count(*) filter (where not ${isOnShared} and ${fallsUnder()})::int as alone`

/** By district in the order of the administration, and day by day as far as it was kept. */
export async function shareOf(
  db: Db,
  scope: Scope,
  district: string | undefined,
  now: number,
): Promise<Consolidation> {
  const districts = await sql<ShareOfDistrict>`
    with shared as ${sharedPlatforms}
    select site.district, ${figures} from site join district on district.code = site.district
    where ${isThere} and ${within(scope, 'site')}
      and ${district === undefined ? sql`true` : sql`site.district = ${district}`}
    group by site.district, district.position order by district.position`.execute(db)
  return { districts: districts.rows, days: await daysOf(db, scope, district, now) }
}

async function daysOf(
  db: Db,
  scope: Scope,
  district: string | undefined,
  now: number,
): Promise<ShareOfDay[]> {
  // Whoever looks after a unit sees its sites, and no figures of a district.
  if (scope.kind === 'unit') return []
  const seen = scope.kind === 'city' ? sql`true` : sql`district = any(${[...districtsOf(scope)]}::text[])`
  const { rows } = await sql<ShareOfDay>`
    select day, sum(sites)::int as sites, sum(shared)::int as shared, sum(alone)::int as alone
    from consolidation_day where day > ${addDays(localDay(now), -DAYS)} and ${seen}
      and ${district === undefined ? sql`true` : sql`district = ${district}`}
    group by day order by day`.execute(db)
  return rows
}

/** Keeps how it stands today, over what was kept of today before; several processes may. */
export async function keepShare({ db }: Pick<Context, 'db'>, now: number): Promise<void> {
  const day = localDay(now)
  const fresh = await db
    .selectFrom('consolidation_day')
    .select('day')
    .where('day', '=', day)
    .where('kept_at', '>', new Date(now - KEPT_FOR_MS))
    .limit(1)
    .executeTakeFirst()
  if (fresh) return
  await sql`
    with shared as ${sharedPlatforms}
    insert into consolidation_day (day, district, sites, shared, alone, kept_at, demo)
    select ${day}::text, kept.district, kept.sites, kept.shared, kept.alone, ${new Date(now)}::timestamptz, kept.demo
    from (select site.district, ${figures}, bool_or(site.demo) as demo from site where ${isThere}
      group by site.district) kept
    on conflict (day, district) do update set sites = excluded.sites, shared = excluded.shared,
      alone = excluded.alone, kept_at = excluded.kept_at
  `.execute(db)
}
