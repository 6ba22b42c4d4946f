import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Shown } from '../../../shared/monitor/freshness/evidence.ts'
import type { Finding, FindingOutcome } from '../../../shared/monitor/freshness/freshness.ts'
import type { Availability } from '../../../shared/register/sites/states.ts'
import type { Db, InJson, Tx } from '../../base/db/database.ts'
import { notPaused } from '../../register/sites/paused.ts'
import { type DrawnRow, drawnColumns } from '../rendering/store.ts'
import { isMissedElsewhere } from '../standing/looks.ts'
import type { SiteStateTable } from '../standing/tables.ts'
import { candidates, intervalGroups } from './claims/candidates.ts'
import { intervalNow, usualOf } from './interval.ts'

/** A site whose turn has come. */
export interface DueSite {
  siteId: number
  url: string
  platform: string | null
  demo: boolean
  /** Somebody asked for this visit: it is none of the spaced ones, and the page is read anew. */
  asked: boolean
  /** It has this turn only because something tightens its visits, its usual interval not being over: it is none of the spaced ones either. */
  between: boolean
  etag: string | null
  lastModified: string | null
  bodyHash: string | null
  findingAt: Date | null
  /** When its page was read in full last, and by which version of the reader; null: not since that is noted. */
  readAt: Date | null
  readBy: number | null
  /** The home page is only an entrance: what it leads to was read in its place. */
  isEntrance: boolean
  availability: Availability
  /** It is to close or move: the notice of that is looked for; and it never was yet. */
  isClosing: boolean
  isNoticeUnread: boolean
  /** What the last page kept of the site shows. */
  kept: Shown | null
  /** So late this turn is taken, and so long the site's interval is, seconds. */
  lateS: number
  everyS: number
  /** The print of the page that was read last, and whether what was found on it may be something else on another day. */
  print: string | null
  goesWithDay: boolean
}

/** A site that refuses us, or has been down for days, is visited this often still: 32 times a day, 20 being the law. */
export const RARELY_S = 2_700
const LONG_DOWN = '3 days'

/**
 * SQL for the interval as good manners want it: doubled with each refusal in a row of a firewall or rate limit, and
 * long for sites that are long down. Never longer than `RARELY_S` unless the site's own interval is.
 */
const politeInterval = (every: RawBuilder<unknown>, now: Date) => sql`case
  when state.availability = 'blocked' then greatest(${every}, least(${every} * (1 << least(state.fail_streak, 10)), ${RARELY_S}::int))
  when state.availability = 'down' and state.since < ${now}::timestamptz - interval '${sql.raw(LONG_DOWN)}'
    then greatest(${every}, ${RARELY_S}::int)
  else ${every} end`

/** SQL for the host of a site's address. */
export const siteHost = sql<string>`coalesce(lower(substring(site.url from '^[a-z]+://([^/?#]+)')), site.url)`

/** SQL for a site's own place in an interval, in seconds; and for the how manieth interval an instant (epoch seconds) is in. */
const placeIn = (every: RawBuilder<unknown>) => sql`(state.site_id * 0.6180339887498949) % 1 * ${every}`
const cellOf = (every: RawBuilder<unknown>, seconds: RawBuilder<unknown>) =>
  sql`floor((${seconds} - ${placeIn(every)}) / ${every})`

/**
 * Claims up to `limit` sites whose turn has come, and sets their next turn. Where more are due, those that somebody asked to be
 * visited come first; the others are taken by the share of their own interval that they have waited, so that all are late alike, whatever their intervals are. A site
 * keeps its own place in the interval (golden-ratio hashing of its number), so turns stay evenly spread
 * whatever happened before; while turns are too late for long, it is due again an interval after the turn that it had: else those
 * would be twice as late as others whose place has just gone by when they are visited. However often it is visited, one turn of each usual interval is a spaced one. Any number
 * of monitors share the sites: each passes over the rows that another holds just now, and those that one which died was at
 * are due again once it is missed (`left.ts`). Of a page that somebody asked for nothing is known any more from here on: if this turn
 * comes to nothing, it is read at a later one.
 * @param options.inOrder turns are too late, and that lasts.
 * @param options.busy sites whose last turn is not over yet: they keep their place in the line.
 */
export async function claimDueSites(
  db: Db,
  options: {
    now: Date
    limit: number
    defaultIntervalS: number
    demoIntervalS: number
    inOrder?: boolean
    busy?: readonly number[]
  },
): Promise<DueSite[]> {
  const { now, limit, inOrder = false, busy = [] } = options
  const seconds = now.getTime() / 1000
  const usual = usualOf(options)
  const often = intervalNow(usual, now)
  const every = politeInterval(often, now)
  const { rows } = await sql<DueSite>`
    with candidate as materialized (
      ${candidates(await intervalGroups(db, now), { now, limit, busy })}
    ), due as (
      select state.site_id, state.next_visit_at, ${every} as every, ${placeIn(every)} as place,
        state.read_again or site.moved_at is distinct from state.moved_at as anew,
        ${often} < ${usual} and ${cellOf(usual, sql`${seconds}::float8`)} = ${cellOf(usual, sql`extract(epoch from state.spaced_at)::float8`)} as between
      from site_state state join site on site.id = state.site_id
      where state.site_id in (select site_id from candidate)
        and state.next_visit_at <= ${now} and ${notPaused(now)} and state.site_id <> all(${[...busy]}::int[])
      order by state.read_again desc, extract(epoch from ${now}::timestamptz - state.next_visit_at) / ${often} desc
      limit ${limit}
      for update of state skip locked
    )
    update site_state state
    set next_visit_at = to_timestamp(${inOrder ? sql`${seconds}::float8 + due.every` : sql`(floor((${seconds}::float8 - due.place) / due.every) + 1) * due.every + due.place`}),
      read_again = false, moved_at = site.moved_at, waiting_since = coalesce(state.waiting_since, ${now}),
      spaced_at = case when due.between or due.anew then state.spaced_at else ${now} end,
      etag = case when not due.anew then state.etag end,
      last_modified = case when not due.anew then state.last_modified end,
      body_hash = case when not due.anew then state.body_hash end,
      page_print = case when not due.anew then state.page_print end
    from due join site on site.id = due.site_id
    where state.site_id = due.site_id
    returning state.site_id as "siteId", site.url, site.platform, site.demo, due.anew as asked, coalesce(due.between, false) as between,
      greatest(0, extract(epoch from ${now}::timestamptz - due.next_visit_at))::float8 as "lateS", due.every::float8 as "everyS",
      state.etag, state.last_modified as "lastModified", state.body_hash as "bodyHash", state.finding_at as "findingAt",
      state.read_at as "readAt", state.read_by as "readBy",
      coalesce(state.finding->'pages' is not null, false) as "isEntrance", state.availability, state.kept,
      state.page_print as print, state.goes_with_day as "goesWithDay",
      site.lifecycle = 'closing' as "isClosing", site.lifecycle = 'closing' and exists (select from filing f
        where f.site_id = site.id and f.begun_at is not null and f.ended_at is null and f.ask in ('closed', 'moved')
        and not exists (select from filing_notice n where n.filing_id = f.id)) as "isNoticeUnread"
  `.execute(db)
  return rows
}

/** Gives a site no turn before then. */
export async function putOffTurn(db: Db, siteId: number, until: Date): Promise<void> {
  await db
    .updateTable('site_state')
    .set((eb) => ({ next_visit_at: eb.fn<Date>('greatest', ['next_visit_at', eb.val(until)]) }))
    .where('site_id', '=', siteId)
    .execute()
}

/** A site's row as the record step needs it; the whole finding stays in the database. */
export type SiteStateRow = Omit<
  Selectable<SiteStateTable>,
  'finding' | 'etag' | 'last_modified' | 'moved_at' | 'quiet_until' | 'quiet_by' | 'read_at' | 'read_by'
> &
  DrawnRow & {
    finding_outcome: FindingOutcome | null
    finding_newest: string | null
    entrance: boolean | null
    unseen: NonNullable<Finding['unseen']> | null
    /** A person's finding, if there is one; `said_until` null: there is none. */
    said_on: string | null
    said_machine: string | null
    said_until: Date | null
    district: string
    unit_id: number
    platform: string | null
    /** Under filed downtime at `now`. */
    is_paused: boolean
    /** Some other place that counts did not reach it when it looked last. */
    is_missed_elsewhere: boolean
  }

/** Locks and returns the rows of these sites, in the order of their numbers so that monitors cannot deadlock. */
export async function lockSiteStates(tx: Tx, siteIds: readonly number[], now: Date): Promise<SiteStateRow[]> {
  const { rows } = await sql<SiteStateRow>`
    select state.site_id, state.state, state.state_since, state.availability, state.cause, state.since,
      state.v1, state.share, state.v1_at, state.v2, state.v3, state.v3_counts, state.v3_at, state.newest, state.fail_streak, state.ok_streak,
      state.next_visit_at, state.last_visit_at, state.last_ok_at, state.latency_ms, state.status,
      state.body_hash, state.cert_days_left, state.address, state.certificate, state.flap_history, state.flapping,
      state.read_again, state.finding_at, state.page_print, state.goes_with_day, state.kept,
      state.finding->>'outcome' as finding_outcome, state.finding->>'newest' as finding_newest,
      (state.finding->>'entrance')::boolean as entrance, state.finding->>'unseen' as unseen,
      said.updated_on as said_on, said.machine_newest as said_machine, said.expires_at as said_until,
      site.district, site.unit_id, site.platform, not ${notPaused(now)} as is_paused,
      ${isMissedElsewhere(sql`state.site_id`, now)} as is_missed_elsewhere,
      ${drawnColumns(now.getTime())}
    from site_state state join site on site.id = state.site_id left join site_said said on said.site_id = state.site_id
      left join site_rendering r on r.site_id = state.site_id
    where state.site_id = any(${siteIds}::int[])
    order by state.site_id
    for update of state
  `.execute(tx)
  return rows
}

/** What the record step writes back of one site. Null finding: it was not read this time. */
export type SiteStateUpdate = InJson<
  Omit<
    Selectable<SiteStateTable>,
    'next_visit_at' | 'spaced_at' | 'read_again' | 'moved_at' | 'waiting_since'
  >
>

/** Writes the new standing of many sites in one statement. */
export async function updateSiteStates(tx: Tx, updates: readonly SiteStateUpdate[]): Promise<void> {
  await sql`
    update site_state s set
      state = u.state, state_since = u.state_since, availability = u.availability, cause = u.cause, since = u.since,
      v1 = u.v1, share = u.share, v1_at = u.v1_at, v2 = u.v2, newest = u.newest,
      v3 = u.v3, v3_counts = u.v3_counts, v3_at = u.v3_at,
      fail_streak = u.fail_streak, ok_streak = u.ok_streak,
      last_visit_at = greatest(s.last_visit_at, u.last_visit_at), last_ok_at = u.last_ok_at,
      latency_ms = u.latency_ms, status = u.status, body_hash = u.body_hash, etag = u.etag,
      last_modified = u.last_modified, cert_days_left = u.cert_days_left,
      address = u.address, certificate = u.certificate, flap_history = u.flap_history, flapping = u.flapping,
      quiet_until = u.quiet_until, quiet_by = u.quiet_by,
      finding = coalesce(u.finding, s.finding), finding_at = coalesce(u.finding_at, s.finding_at), kept = u.kept,
      read_at = coalesce(u.read_at, s.read_at, s.finding_at), read_by = coalesce(u.read_by, s.read_by),
      page_print = u.page_print, goes_with_day = u.goes_with_day,
      waiting_since = null
    from jsonb_to_recordset(${JSON.stringify(updates)}::jsonb) as u(
      site_id int, state text, state_since timestamptz, availability text, cause text, since timestamptz,
      v1 text, share float8, v1_at timestamptz, v2 text, v3 text, v3_counts jsonb, v3_at timestamptz, newest text, fail_streak int, ok_streak int,
      last_visit_at timestamptz, last_ok_at timestamptz, latency_ms float8, status int, body_hash text, etag text,
      last_modified text, cert_days_left float8, address text, certificate text, flap_history int, flapping boolean,
      quiet_until timestamptz, quiet_by text, page_print text, goes_with_day boolean,
      finding jsonb, finding_at timestamptz, kept text, read_at timestamptz, read_by int)
    where s.site_id = u.site_id
  `.execute(tx)
}

/**
 * Less silence than this is no stall, however short the interval: a visit alone may take 15 s, and the first round after
 * a start 75 s.
 */
const STALLED_AT_LEAST_S = 90

/**
 * Sites of which nothing was recorded for three intervals: no turn was taken, or turns were and nothing came of them; and
 * whether that has been told of them. A filed downtime is no part of that time.
 * @param options.among no other sites than these.
 */
export async function overdueSites(
  db: Db | Tx,
  options: { now: Date; defaultIntervalS: number; demoIntervalS: number; among?: readonly number[] },
): Promise<{ id: number; isTold: boolean }[]> {
  const { among } = options
  const every = usualOf(options)
  const { rows } = await sql<{ id: number; isTold: boolean }>`
    select state.site_id as id, coalesce(state.cause = 'stalled', false) as "isTold"
    from site_state state join site on site.id = state.site_id
    where ${among ? sql`state.site_id = any(${[...among]}::int[])` : sql`true`} and ${notPaused(options.now)}
      and greatest(least(state.next_visit_at, state.waiting_since), site.paused_until)
      < ${options.now}::timestamptz - make_interval(secs => greatest(3 * ${every}, ${STALLED_AT_LEAST_S}::int))
  `.execute(db)
  return rows
}
