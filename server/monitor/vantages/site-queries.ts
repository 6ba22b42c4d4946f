import { sql } from 'kysely'
import type { LookOutcome } from '../../../shared/monitor/vantages/vantages-rules.ts'
import type { Config } from '../../base/config.ts'
import type { Db } from '../../base/db/database.ts'
import { intervalOf } from '../schedule/interval.ts'
import { isCounted } from '../standing/looks.ts'

/** The last visit of the home place to a site. */
export interface HomeVisit {
  at: Date
  /** 0 ok, 1 failed, 2 blocked. */
  outcome: number
  cause: string | null
  status: number | null
  totalMs: number | null
  excluded: boolean
  /** What the site's state says is the cause. */
  stateCause: string | null
  everyS: number
}

/** Null: it was never visited, or so long ago that the single visit is not kept. */
export async function homeVisit(
  db: Db,
  siteId: number,
  config: Pick<Config, 'visitIntervalS' | 'demoIntervalS'>,
): Promise<HomeVisit | null> {
  const state = await db
    .selectFrom('site_state')
    .innerJoin('site', 'site.id', 'site_state.site_id')
    .select(['last_visit_at', 'cause'])
    .select(sql<number>`(${intervalOf(config)})::float8`.as('everyS'))
    .where('site_id', '=', siteId)
    .executeTakeFirst()
  if (!state?.last_visit_at) return null
  // By its instant, so that one partition only is looked into.
  const visit = await db
    .selectFrom('visit')
    .select(['at', 'outcome', 'cause', 'status', 'total_ms as totalMs', 'excluded'])
    .where('site_id', '=', siteId)
    .where('at', '=', state.last_visit_at)
    .executeTakeFirst()
  return visit ? { ...visit, stateCause: state.cause, everyS: state.everyS } : null
}

/** What another place saw last of a site, and whether that counts. */
export interface SeenRow {
  name: string
  region: string | null
  seenAt: Date
  at: Date | null
  outcome: LookOutcome | null
  cause: string | null
  status: number | null
  totalMs: number | null
  since: Date | null
  isApart: boolean
  counts: boolean
}

/** Of every other place, by name. */
export async function placesSeen(db: Db, siteId: number, now: Date): Promise<SeenRow[]> {
  const { rows } = await sql<SeenRow>`
    select place.name, place.region, place.seen_at as "seenAt", look.at, look.outcome, look.cause, look.status,
      look.total_ms as "totalMs", look.since, place.is_apart as "isApart", coalesce(${isCounted(now)}, false) as counts
    from vantage place left join vantage_look look on look.vantage_id = place.id and look.site_id = ${siteId}
    order by place.name
  `.execute(db)
  return rows
}
