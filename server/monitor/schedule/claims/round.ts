import { sql } from 'kysely'
import { HOUR, SECOND } from '../../../../shared/base/time.ts'
import type { Db } from '../../../base/db/database.ts'
import { notPaused } from '../../../register/sites/paused.ts'
import { LEAST_PER_S } from '../../pace/pace.ts'
import type { Asked } from '../../pace/teller.ts'
import { intervalNow, usualOf } from '../interval.ts'
import type { DueSite } from '../queries.ts'

/** Whatever can be done: everything overdue has its turn within so long. */
const LONGEST_S = HOUR / SECOND

/** When, and how often sites are visited that have no interval of their own, seconds. */
export interface Round {
  readonly now: Date
  readonly defaultIntervalS: number
  readonly demoIntervalS: number
}

/** Visits a second that the register asks for, and turns that are due now. */
export async function askedPace(db: Db, options: Round): Promise<Asked> {
  const { now } = options
  const every = intervalNow(usualOf(options), now)
  const { rows } = await sql<Asked>`
    select coalesce(sum(1.0 / ${every}), 0)::float8 as "askedPerS",
      (count(*) filter (where state.next_visit_at <= ${now}))::int as due
    from site_state state join site on site.id = state.site_id
    where ${notPaused(now)}
  `.execute(db)
  return rows[0] ?? { askedPerS: 0, due: 0 }
}

/** How late the turns are that have waited the longest, up to `most` of them; none of sites that are busy. */
export async function dueTurns(
  db: Db,
  options: Round & { most: number; busy: readonly number[] },
): Promise<Pick<DueSite, 'lateS' | 'everyS'>[]> {
  const { now, most, busy } = options
  const { rows } = await sql<Pick<DueSite, 'lateS' | 'everyS'>>`
    select extract(epoch from ${now}::timestamptz - state.next_visit_at)::float8 as "lateS",
      ${intervalNow(usualOf(options), now)}::float8 as "everyS"
    from site_state state join site on site.id = state.site_id
    where state.next_visit_at <= ${now} and ${notPaused(now)} and state.site_id <> all(${[...busy]}::int[])
    order by state.next_visit_at limit ${most}
  `.execute(db)
  return rows
}

/**
 * Brings sites that are long overdue, were never visited, or have a rare turn that is far off, back into turn: within
 * `withinS` seconds, or so slowly that there are no more than `perS` a second, but within an hour. After a start everything is measured once
 * soon, not all at once, and not faster than can be done. Waits for nobody who holds a site just now.
 * @param options.among no other sites than these.
 * @returns the sites that were passed over since others held them.
 */
export async function spreadOverdue(
  db: Db,
  options: Round & { withinS: number; perS: number; among?: readonly number[] },
): Promise<number[]> {
  const { now, withinS, among } = options
  const perS = Math.max(LEAST_PER_S, options.perS)
  const every = intervalNow(usualOf(options), now)
  const isOut = sql`${among ? sql`state.site_id = any(${[...among]}::int[])` : sql`true`}
    and (state.last_visit_at is null
      or state.next_visit_at < ${now}::timestamptz - make_interval(secs => 3 * ${every})
      or state.next_visit_at > ${now}::timestamptz + make_interval(secs => ${every}))`
  const { rows } = await sql<{ siteId: number }>`
    with out as (
      select state.site_id, ${every} as every
      from site_state state join site on site.id = state.site_id
      where ${isOut}
      order by state.site_id
      for update of state skip locked
    ), spread as (
      update site_state state
      set next_visit_at = ${now}::timestamptz + make_interval(secs => ((state.site_id * 0.6180339887498949) % 1
          * greatest(least(out.every, ${withinS}::int), least(${LONGEST_S}::int, (select count(*) from out) / ${perS}::float8)))::float8),
        waiting_since = null
      from out
      where state.site_id = out.site_id
    )
    select state.site_id as "siteId" from site_state state join site on site.id = state.site_id
    where ${isOut} and state.site_id not in (select site_id from out)
  `.execute(db)
  return rows.map(({ siteId }) => siteId)
}
