import { type RawBuilder, sql } from 'kysely'
import type { AsideEntry, AsideKind, AsideState } from '../../../shared/base/aside/aside.ts'
import { DAY } from '../../../shared/base/time.ts'
import type { Db } from '../db/database.ts'

/** What has not come back for so long is over; a day that could not be packed is tried again then. */
const OVER_MS = DAY
/** What is over is kept for so long, and so many at most. */
const KEEP_MS = 90 * DAY
const KEEP = 1_000

/** How much is set aside now, and how often something was, by kind, as far as it is kept. */
export interface AsideCounts {
  readonly open: number
  readonly times: Readonly<Partial<Record<AsideKind, number>>>
}

export async function countAside(db: Db): Promise<AsideCounts> {
  const { rows } = await sql<{ kind: AsideKind; open: number; times: number }>`
    select kind, (count(*) filter (where ended_at is null))::int as open,
      sum(times)::int as times
    from set_aside group by kind
  `.execute(db)
  return {
    open: rows.reduce((all, row) => all + row.open, 0),
    times: Object.fromEntries(rows.map(({ kind, times }) => [kind, times])),
  }
}

/**
 * A visit is over once the site has been measured and recorded after it, what a place saw of it (`place 3 site 7`) once that place has stored
 * what it saw later, or is there no more; a reading once its page was read.
 */
export async function endThoseOver(db: Db, nowMs: number): Promise<void> {
  const now = new Date(nowMs)
  await sql`
    update set_aside a set ended_at = ${now}
    where a.ended_at is null and case
      when a.kind = 'visit' and a.ref like 'place %' then not exists (select from vantage_look l
        where l.site_id = a.site_id and l.vantage_id = split_part(a.ref, ' ', 2)::int and (l.at is null or l.at <= a.at))
      when a.kind in ('visit', 'reading') then exists (select from site_state s where s.site_id = a.site_id
        and case when a.kind = 'visit' then s.last_visit_at else s.finding_at end > a.at)
      else a.at < ${new Date(nowMs - OVER_MS)} end
  `.execute(db)
}

export async function forgetOld(db: Db, nowMs: number): Promise<void> {
  await sql`
    delete from set_aside where ended_at < ${new Date(nowMs - KEEP_MS)} or id in (
      select id from set_aside where ended_at is not null order by ended_at desc offset ${KEEP})
  `.execute(db)
}

/** SQL: nothing of this kind with that ref is set aside now. */
export function notAside(kind: AsideKind, ref: RawBuilder<string>): RawBuilder<boolean> {
  return sql<boolean>`not exists (select from set_aside where set_aside.kind = ${sql.lit(kind)}
    and set_aside.ref = ${ref} and set_aside.ended_at is null)`
}

/** Refs of a kind that are set aside now. */
export async function openRefs(db: Db, kind: AsideKind): Promise<Set<string>> {
  const rows = await db
    .selectFrom('set_aside')
    .select('ref')
    .where('kind', '=', kind)
    .where('ended_at', 'is', null)
    .execute()
  return new Set(rows.map((row) => row.ref))
}

/** What is or was set aside, the newest first. */
export async function listAside(
  db: Db,
  { before, limit, state }: { before: number | null; limit: number; state?: AsideState | undefined },
): Promise<AsideEntry[]> {
  const rows = await entries(db)
    .where(inState(state))
    .$if(before !== null, (query) => query.where('a.id', '<', before ?? 0))
    .orderBy('a.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toEntry)
}

export async function countEntries(db: Db, state: AsideState | undefined): Promise<number> {
  const { n } = await db
    .selectFrom('set_aside as a')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where(inState(state))
    .executeTakeFirstOrThrow()
  return n
}

export async function findAside(db: Db, id: number): Promise<AsideEntry | null> {
  const row = await entries(db).where('a.id', '=', id).executeTakeFirst()
  return row ? toEntry(row) : null
}

function inState(state: AsideState | undefined): RawBuilder<boolean> {
  if (state === undefined) return sql<boolean>`true`
  return state === 'open' ? sql<boolean>`a.ended_at is null` : sql<boolean>`a.ended_at is not null`
}

function entries(db: Db) {
  return db
    .selectFrom('set_aside as a')
    .leftJoin('site', 'site.id', 'a.site_id')
    .leftJoin('user_account as u', 'u.id', 'a.ended_by')
    .selectAll('a')
    .select(['site.name as site_name', 'u.name as ended_name'])
}

type Row = Awaited<ReturnType<ReturnType<typeof entries>['executeTakeFirstOrThrow']>>

function toEntry(row: Row): AsideEntry {
  return {
    id: row.id,
    kind: row.kind,
    ref: row.ref,
    site: row.site_id !== null && row.site_name !== null ? { id: row.site_id, name: row.site_name } : null,
    firstAt: row.first_at.toISOString(),
    at: row.at.toISOString(),
    times: row.times,
    error: row.error,
    code: row.code,
    data: row.data,
    endedAt: row.ended_at?.toISOString() ?? null,
    endedBy:
      row.ended_by !== null && row.ended_name !== null ? { id: row.ended_by, name: row.ended_name } : null,
  }
}
