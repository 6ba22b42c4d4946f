import { type RawBuilder, sql } from 'kysely'
import type { LookOutcome } from '../../../shared/monitor/vantages/vantages-rules.ts'
import type { Db } from '../../base/db/database.ts'
import { notPaused } from '../../register/sites/paused.ts'
import type { Round } from '../schedule/claims/round.ts'
import { usualOf } from '../schedule/interval.ts'
import { RARELY_S } from '../schedule/queries.ts'
import './tables.ts'

/** Each place has its own turns, so that those of one site are spread over its interval. Seconds. */
const placeIn = (every: RawBuilder<unknown>) =>
  sql`(look.site_id * 0.6180339887498949 + look.vantage_id * 0.7548776662466927) % 1 * ${every}`

/** Gives a place turns at the sites that it does not know yet, within `withinS` seconds. */
export async function giveTurns(db: Db, vantageId: number, now: Date, withinS: number): Promise<void> {
  await sql`
    insert into vantage_look (site_id, vantage_id, next_at)
    select site.id, place.id,
      ${now}::timestamptz + make_interval(secs => ((site.id * 0.6180339887498949) % 1 * ${withinS}::int)::float8)
    from site, vantage place where place.id = ${vantageId}
      and not exists (select from vantage_look l where l.vantage_id = ${vantageId} and l.site_id = site.id)
    on conflict do nothing
  `.execute(db)
}

/** After a start: brings turns that are long overdue back into turn, within `withinS` seconds. */
export async function spreadLooks(db: Db, vantageId: number, now: Date, withinS: number): Promise<void> {
  await sql`
    update vantage_look look
    set next_at = ${now}::timestamptz + make_interval(secs => (${placeIn(sql`${withinS}::int`)})::float8)
    where vantage_id = ${vantageId} and next_at < ${now}::timestamptz - make_interval(secs => ${withinS}::int)
  `.execute(db)
}

/** A site that a place is to look at. */
export interface DueLook {
  siteId: number
  url: string
  platform: string | null
  demo: boolean
  etag: string | null
  lastModified: string | null
  /** What was seen from there before. */
  outcome: LookOutcome | null
  /** It was asked for, something being amiss: its turn may not have come yet. */
  asked: boolean
  /** So late this turn is taken, and so long the site's interval there is, seconds. */
  lateS: number
  everyS: number
}

/** Whose turn it is. */
export interface LookRound extends Round {
  /** So many times less often than the home place visits them. */
  readonly rarer: number
  readonly limit: number
  /** Sites that are being looked at. */
  readonly busy: readonly number[]
}

/** SQL for what a place may look at now, and how often it looks there: rarely where it is refused, or has reached nobody for days. */
function looksFrom(vantageId: number, options: LookRound): RawBuilder<unknown> {
  const { now, busy } = options
  const usual = sql`${usualOf(options)} * ${options.rarer}::int`
  const isRare = sql`(look.outcome = 'blocked'
    or (look.outcome = 'failed' and look.since < ${now}::timestamptz - interval '3 days'))`
  return sql`vantage_look look join site on site.id = look.site_id
      cross join lateral (select case when ${isRare} then greatest(${usual}, ${RARELY_S}::int) else ${usual} end as s) every
    where look.vantage_id = ${vantageId} and ${notPaused(now)} and look.site_id <> all(${[...busy]}::int[])`
}

/** SQL for how late a look's turn is, seconds. */
const lateAt = (now: Date) => sql`greatest(0, extract(epoch from ${now}::timestamptz - look.next_at))::float8`

/**
 * Claims up to `limit` sites that a place is to look at, and sets its next turn at each: first those that were asked for, then those whose
 * turn has come. Any number of monitors of one place share its turns.
 */
export async function claimLooks(db: Db, vantageId: number, options: LookRound): Promise<DueLook[]> {
  const { now, limit } = options
  const from = looksFrom(vantageId, options)
  const turn = sql`look.site_id, look.asked_at, ${lateAt(now)} as late, ${placeIn(sql`every.s`)} as place, every.s as every`
  const { rows } = await sql<DueLook>`
    with asked as (
      select ${turn} from ${from} and look.asked_at is not null
      order by look.asked_at limit ${limit} for update of look skip locked
    ), turn as (
      select ${turn} from ${from} and look.asked_at is null and look.next_at <= ${now}
      order by look.next_at limit ${limit}::int - (select count(*) from asked) for update of look skip locked
    ), due as (
      select * from asked union all select * from turn
    ), claimed as (
      update vantage_look look
      set next_at = to_timestamp((floor((${now.getTime() / 1000}::float8 - due.place) / due.every) + 1) * due.every + due.place),
        asked_at = null
      from due where look.vantage_id = ${vantageId} and look.site_id = due.site_id
      returning look.site_id, look.outcome, due.asked_at, due.late, due.every
    )
    select claimed.site_id as "siteId", site.url, site.platform, site.demo, state.etag, state.last_modified as "lastModified",
      claimed.outcome, claimed.asked_at is not null as asked, claimed.late as "lateS", claimed.every::float8 as "everyS"
    from claimed join site on site.id = claimed.site_id join site_state state on state.site_id = claimed.site_id
    order by claimed.asked_at, claimed.late desc
  `.execute(db)
  return rows
}

/** How late the turns of a place are that have waited the longest, up to `limit` of them. */
export async function lateLooks(
  db: Db,
  vantageId: number,
  options: LookRound,
): Promise<Pick<DueLook, 'lateS' | 'everyS'>[]> {
  const { now, limit } = options
  const { rows } = await sql<Pick<DueLook, 'lateS' | 'everyS'>>`
    select ${lateAt(now)} as "lateS", every.s::float8 as "everyS" from ${looksFrom(vantageId, options)} and look.next_at <= ${now}
    order by look.next_at limit ${limit}
  `.execute(db)
  return rows
}

/** Has all places look at these sites at once, before all that are due: something is amiss with them. */
export async function askLooks(db: Db, siteIds: readonly number[], now: Date): Promise<void> {
  await sql`
    with asked as (
      select site_id, vantage_id from vantage_look
      where site_id = any(${[...siteIds]}::int[]) and (asked_at is null or next_at > ${now})
      order by vantage_id, site_id
      for update
    )
    update vantage_look look set asked_at = ${now}, next_at = least(next_at, ${now}) from asked
    where look.site_id = asked.site_id and look.vantage_id = asked.vantage_id
  `.execute(db)
}
