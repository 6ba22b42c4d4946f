import { sql } from 'kysely'
import type { Config } from '../../base/config.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { intervalOf } from './interval.ts'
import { siteHost } from './queries.ts'
import './tables.ts'

export interface Tightening {
  /** What asks for it; asking once more replaces what it asked for before. */
  readonly source: string
  readonly siteIds: readonly number[]
  readonly everyS: number
  readonly from: Date
  readonly until: Date
}

/**
 * Has the monitor visit some sites more often for a time. It ends by itself: only what is in force at a turn counts,
 * and of several the shortest interval.
 */
export async function tightenVisits(
  tx: Tx,
  { source, siteIds, everyS, from, until }: Tightening,
): Promise<void> {
  await loosenVisits(tx, source)
  await sql`
    insert into visit_tightening (source, site_id, every_s, from_at, until_at)
    select ${source}, site_id, ${everyS}::int, ${from}::timestamptz, ${until}::timestamptz
    from unnest(${[...siteIds]}::int[]) as site_id
  `.execute(tx)
}

/** Takes back what was asked for, before its time or after it. */
export async function loosenVisits(tx: Tx, source: string): Promise<void> {
  await tx.deleteFrom('visit_tightening').where('source', '=', source).execute()
}

/** A visit takes so long on the average, those that wait for the whole of their 15 s among them. */
const VISIT_TAKES_S = 5

/**
 * Of one host one site after another is visited: a visit takes so long there on the average, and what is
 * asked for must not pile up when it is slow.
 */
const AT_ONE_HOST_S = 2

type Capacity = Pick<Config, 'visitConcurrency' | 'visitIntervalS' | 'demoIntervalS'>

/** Visits that a monitor makes in a second at most without one waiting for another. */
const mostPerSecond = ({ visitConcurrency }: Capacity): number => visitConcurrency / VISIT_TAKES_S

/**
 * How often these sites can be visited at most in a stretch of time, beside all others and whatever else is tightened
 * then, and one after another at each host; in whole seconds.
 * @returns null when the monitor is at its limits already.
 */
export async function shortestInterval(
  db: Db,
  config: Capacity,
  asked: Omit<Tightening, 'everyS'>,
): Promise<number | null> {
  const every = intervalOf(config)
  const { rows } = await sql<{ others: number; own: number; together: number }>`
    with site_every as (
      select site.id, site.id = any(${[...asked.siteIds]}::int[]) as own,
        ${siteHost} as host, least(${every}, (
        select min(t.every_s) from visit_tightening t where t.site_id = site.id and t.source <> ${asked.source}
          and t.from_at < ${asked.until} and t.until_at > ${asked.from})) as every
      from site where site.pause_reason is null or site.paused_until is not null
    )
    select coalesce(sum(1.0 / every) filter (where not own), 0)::float8 as others,
      (count(*) filter (where own))::int as own,
      coalesce((select max(n) from (select count(*)::int as n from site_every where own group by host) at_host), 0) as together
    from site_every
  `.execute(db)
  const [found] = rows
  const left = mostPerSecond(config) - (found?.others ?? 0)
  if (!found || left <= 0) return null
  return Math.max(1, Math.ceil(found.own / left), found.together * AT_ONE_HOST_S)
}
