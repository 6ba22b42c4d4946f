import { sql } from 'kysely'
import { addDays, startOfDay } from '../../../shared/base/time.ts'
import { type OpenTable, publicUrl } from '../../../shared/census/open-data/open-data-rules.ts'
import { SITE_STATES } from '../../../shared/register/sites/states.ts'
import type { Db } from '../../base/db/database.ts'

export type OpenRow = Readonly<Record<string, string | number | null>>

/** The first instant after a local day. */
const endOf = (day: string): Date => new Date(startOfDay(addDays(day, 1)))

/**
 * SQL of how each site stood at the end of a day: by the last fact of it. Merged and closed sites are told of as far as facts
 * do; of what the register says of them it is today's.
 */
const standing = (day: string) => sql`standing as (
  select distinct on (site_id) site_id, data -> 'after' as after from fact
  where kind = 'site.changed' and at < ${endOf(day)} order by site_id, seq desc)`

/** The rows of a table of a day. */
export async function rowsOf(db: Db, table: OpenTable, day: string): Promise<readonly OpenRow[]> {
  if (table === 'sites') return sitesOf(db, day)
  if (table === 'districts') return districtsOf(db, day)
  return table === 'changes' ? changesOf(db, day) : qualityOf(db, day)
}

async function sitesOf(db: Db, day: string): Promise<OpenRow[]> {
  const { rows } = await sql<OpenRow & { url: string }>`
    with ${standing(day)}
    select site.code, site.name, site.level, site.district as district_code, district.name as district_name,
      unit.name as unit_name, site.url, s.after ->> 'state' as state, s.after ->> 'stateSince' as state_since,
      s.after ->> 'v1' as v1, (s.after ->> 'share')::float8 as v1_failed_percent, s.after ->> 'v2' as v2,
      s.after ->> 'newest' as newest_date, coalesce(s.after ->> 'v3', 'insufficient') as v3
    from standing s join site on site.id = s.site_id join district on district.code = site.district
    left join unit on unit.id = site.unit_id
    where site.merged_into is null order by site.code`.execute(db)
  return rows.map((row) => ({ ...row, url: publicUrl(row.url) }))
}

async function districtsOf(db: Db, day: string): Promise<OpenRow[]> {
  const counts = sql.join(
    SITE_STATES.map(
      (state) => sql`(count(*) filter (where s.after ->> 'state' = ${state}))::int as ${sql.ref(state)}`,
    ),
  )
  const { rows } = await sql<OpenRow>`
    with ${standing(day)}
    select district.code as district_code, district.name as district_name, count(*)::int as sites, ${counts}
    from standing s join site on site.id = s.site_id join district on district.code = site.district
    where site.merged_into is null group by district.code, district.name, district.position
    order by district.position`.execute(db)
  return rows
}

/** What changed on the day, and why: the verdict that did it, else what was measured. */
async function changesOf(db: Db, day: string): Promise<OpenRow[]> {
  const { rows } = await sql<{
    at: Date
    code: string
    name: string
    from_state: string | null
    to_state: string
    cause: string | null
    v1: string
    v2: string
    v3: string | null
    v1_failed_percent: number | null
    newest_date: string | null
  }>`
    select fact.at, site.code, site.name, data #>> '{before,state}' as from_state, data #>> '{after,state}' as to_state,
      data #>> '{after,cause}' as cause, data #>> '{after,v1}' as v1, data #>> '{after,v2}' as v2,
      data #>> '{after,v3}' as v3, (data #>> '{after,share}')::float8 as v1_failed_percent,
      data #>> '{after,newest}' as newest_date
    from fact join site on site.id = fact.site_id
    where fact.kind = 'site.changed' and fact.at >= ${new Date(startOfDay(day))} and fact.at < ${endOf(day)}
      and data #>> '{before,state}' is distinct from data #>> '{after,state}' and site.merged_into is null
    order by fact.seq`.execute(db)
  return rows.map(({ at, v1, v2, v3, ...row }) => ({
    ...row,
    at: at.toISOString(),
    why: whyOf(row.to_state, { v1, v2, v3 }),
  }))
}

/** The rule or measurement that a state rests on. */
function whyOf(state: string, { v1, v2, v3 }: { v1: string; v2: string; v3: string | null }): string {
  if (state === 'dead') return v1 === 'violated' ? 'V1' : 'down_for_a_day'
  if (state === 'dormant') return v2 === 'violated' ? 'V2' : 'V3'
  if (state === 'warning')
    return v1 === 'warning' ? 'V1' : v2 === 'warning' ? 'V2' : v3 === 'warning' ? 'V3' : 'measured'
  return state === 'healthy' ? 'well_again' : state === 'paused' ? 'filed' : 'measured'
}

async function qualityOf(db: Db, day: string): Promise<OpenRow[]> {
  const { rows } = await sql<OpenRow>`
    select night, rule, place, planted, found, clean, wrong, unmeasured from quality_night
    where night = ${day} order by rule, place`.execute(db)
  return rows
}
