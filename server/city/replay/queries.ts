import { sql } from 'kysely'
import type { Fact } from '../../../shared/base/facts.ts'
import { DAY } from '../../../shared/base/time.ts'
import type { BoardSite, Tally } from '../../../shared/city/board.ts'
import { type Beginning, MOST_BEGINNINGS } from '../../../shared/city/replay.ts'
import { alertSubject } from '../../../shared/desk/alerts/subject-rules.ts'
import type { Db } from '../../base/db/database.ts'
import type { View } from '../sockets/rooms.ts'
import { heardIn } from './heard.ts'

/**
 * A fact is told when it is committed, not before any with a lower number, though its own time may be earlier: a
 * visit counts from when it began. So far back, in facts and in time, a later time is looked for.
 */
const DISORDER = 2_000
const DISORDER_TIME = sql`interval '1 hour'`

/*
 * `materialized`: otherwise the greatest number of a stretch of time is looked for from the newest fact backwards,
 * through the whole log, as are times of a stretch of numbers.
 */

/** The last fact told by an instant; null before the first one. `toldAt` in `shared/city/replay.ts` says the same. */
export async function seqAt(db: Db, at: Date): Promise<number | null> {
  const { rows } = await sql<{ seq: number | null }>`
    with hour as materialized (
      select seq from fact
      where at <= ${at} and at > (select max(at) from fact where at <= ${at}) - ${DISORDER_TIME}
    ), near as (
      select max(seq) as seq from hour
    ), last as (
      select coalesce(
        (select min(fact.seq) - 1 from fact
          where fact.seq > near.seq - ${DISORDER}::int and fact.seq <= near.seq and fact.at > ${at}),
        near.seq) as seq
      from near
    )
    select seq from last where exists (select from fact where fact.seq <= last.seq)
  `.execute(db)
  return rows[0]?.seq ?? null
}

/** The instant of the oldest fact; null while there is none. */
export async function firstInstant(db: Db): Promise<Date | null> {
  const row = await db.selectFrom('fact').select('at').orderBy('at').limit(1).executeTakeFirst()
  return row?.at ?? null
}

/** When fact `seq` was told; null: there is none. */
export async function instantOf(db: Db, seq: number): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    with told as materialized (select at from fact where seq <= ${seq} and seq > ${seq - DISORDER})
    select max(at) as at from told
  `.execute(db)
  return rows[0]?.at ?? null
}

/** Of a nation they are many: whoever takes them does so in steps. */
export type RegisterRow = Pick<BoardSite, 'id' | 'code' | 'name' | 'district' | 'level'> & {
  readonly unit_id: number
  readonly platform: string | null
  readonly created_at: Date
  /** As it is now: what it was is not kept. Where it is not in the group of then, that group stands for it (`PlaceTree.within`). */
  readonly division: string | null
}

/** Rows read in one go: in the milliseconds in which they come to be objects, nobody else has a turn. */
const ROWS = 2_000

/** The register as it is, in the order of codes. A site that changes while it is read may be as before, as after, or lacking. */
export async function registerNow(db: Db): Promise<RegisterRow[]> {
  const now = new Map<number, RegisterRow>()
  for (let after = '', more = true; more; ) {
    const { rows } = await sql<RegisterRow>`
      select id, code, name, district, unit_id, level, platform, created_at, division
      from site where code > ${after} order by code limit ${ROWS}`.execute(db)
    for (const row of rows) if (!now.has(row.id)) now.set(row.id, row)
    after = rows.at(-1)?.code ?? after
    more = rows.length === ROWS
  }
  return [...now.values()]
}

/**
 * A word that is another after each change of the register of which something is kept, and after each new site. How many rows there
 * are says what the last number does not: whoever took lower ones may commit later.
 */
export async function registerVersion(db: Db): Promise<string> {
  const { rows } = await sql<{ version: string }>`
    select concat_ws(' ', past.n, past.last, now.n, now.last) as version
    from (select count(*) as n, max(id) as last from site_past) past, (select count(*) as n, max(id) as last from site) now`.execute(
    db,
  )
  return rows[0]?.version ?? ''
}

/** What the register said at fact `seq` of sites that were changed or deleted since. */
export async function changedSince(db: Db, seq: number): Promise<RegisterRow[]> {
  const past: RegisterRow[] = []
  for (let after = 0, more = true; more; ) {
    const { rows } = await sql<RegisterRow>`
      select distinct on (site_id) site_id as id, code, name, district, unit_id, level, platform, created_at,
        (select site.division from site where site.id = site_past.site_id) as division
      from site_past where until_seq > ${seq} and site_id > ${after}::int
      order by site_id, until_seq, site_past.id limit ${ROWS}`.execute(db)
    past.push(...rows)
    after = rows.at(-1)?.id ?? after
    more = rows.length === ROWS
  }
  return past
}

/** Groups that are none any more, each with those that its sites are in now; '' where one was deleted. */
export async function formerGroups(db: Db): Promise<{ code: string; now: string }[]> {
  const { rows } = await sql<{ code: string; now: string }>`
    select distinct past.district as code, coalesce(site.district, '') as now
    from site_past past left join site on site.id = past.site_id
    where past.district not in (select code from district)`.execute(db)
  return rows
}

/** By site: rectifications raised in the 90 days up to an instant, and how many of these were closed at fact `seq`. */
export async function tallyAt(db: Db, seq: number, at: Date): Promise<(Tally & { siteId: number })[]> {
  const { rows } = await sql<Tally & { siteId: number }>`
    select rectification.site_id as "siteId", count(*)::int as raised, (count(*) filter (where last.stage = 'closed'))::int as closed
    from rectification, lateral (
      select fact.data #>> '{rectification,stage}' as stage
      from fact where fact.rectification_id = rectification.id and fact.seq <= ${seq}
      order by fact.seq desc limit 1
    ) last
    where rectification.raised_at >= ${new Date(at.getTime() - 90 * DAY)} and rectification.raised_at <= ${at}
    group by rectification.site_id
  `.execute(db)
  return rows
}

/** The next facts after number `after` that a view lets through, oldest first. */
export async function nextFacts(db: Db, view: View, after: number, limit: number): Promise<Fact[]> {
  return (await heardIn(db, view)).facts({ range: sql`fact.seq > ${after}`, order: sql`asc`, limit })
}

/** The last facts up to number `seq` that a view lets through, oldest first. */
export async function lastFacts(db: Db, view: View, seq: number, limit: number): Promise<Fact[]> {
  const heard = await heardIn(db, view)
  return (await heard.facts({ range: sql`fact.seq <= ${seq}`, order: sql`desc`, limit })).reverse()
}

/** In longer ranges the outages of single sites are too many to look for one. */
const OUTAGES_TOLD = 2 * DAY

/** When shared failures, violations, doubts and, of some days, outages began within a range, oldest first. */
export async function beginningsBetween(db: Db, view: View, from: Date, to: Date): Promise<Beginning[]> {
  const rules = [
    'PLATFORM',
    'LINE',
    'STALL',
    'BEHIND',
    'ASIDE',
    'UNSEEN',
    'OUTBOUND',
    ...(to.getTime() - from.getTime() <= OUTAGES_TOLD ? ['DOWN'] : []),
  ]
  const { condition } = await heardIn(db, view)
  const { rows } = await sql<{ seq: number; at: Date; data: Extract<Fact['data'], { alert: unknown }> }>`
    select seq, at, data from fact
    where kind in ('alert.opened', 'alert.reopened') and at >= ${from} and at <= ${to} and ${condition}
      and (data #>> '{alert,severity}' = 'critical' or data #>> '{alert,rule}' = any(${rules}::text[]))
    order by at desc, seq desc limit ${MOST_BEGINNINGS}
  `.execute(db)
  return rows
    .map(({ seq, at, data: { alert } }) => ({
      seq,
      at: at.toISOString(),
      alertId: alert.id,
      rule: alert.rule,
      severity: alert.severity,
      siteId: alert.siteId,
      subject: alertSubject(alert),
      sites: alert.evidence.sites ?? 1,
    }))
    .reverse()
}
