import { type RawBuilder, sql } from 'kysely'
import type { Announcement, AnnouncementState } from '../../../shared/desk/announcements/announcements.ts'
import { districtsOf, may, type Principal, type Scope } from '../../../shared/people/rights/rights.ts'
import type { Db } from '../../base/db/database.ts'
import { within } from '../../people/rights/scope.ts'

export interface AnnouncementFilter {
  readonly state?: AnnouncementState | undefined
  /** Only what is for everybody. */
  readonly cityOnly?: boolean
}

/** Announcements that are for `who`, newest first. @param page at most `limit`, with ids before `before`. */
export async function listAnnouncements(
  db: Db,
  who: Pick<Principal, 'role' | 'scope'>,
  filter: AnnouncementFilter,
  page: { limit: number; before?: number | undefined },
  now: number,
): Promise<{ items: Announcement[]; total: number }> {
  const matching = sql<boolean>`(${isFor(who.scope)} and ${isIn(filter, now)})`
  let query = announcementRows(db).where(matching)
  if (page.before !== undefined) query = query.where('announcement.id', '<', page.before)
  const rows = await query.orderBy('announcement.id', 'desc').limit(page.limit).execute()
  const { total } = await db
    .selectFrom('announcement')
    .where(matching)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return { items: rows.map((row) => toAnnouncement(row, who, now)), total }
}

/** So many across a screen at once; the page has them all. */
const MOST_AT_ONCE = 3

/**
 * What stands across the screens of a scope now: the urgent first, and of these what ends first. Who sees the whole city is
 * not shown what each of its districts says to itself.
 */
export async function standingAnnouncements(
  db: Db,
  scope: Scope,
  now: number,
): Promise<{ id: number; text: string; urgent: boolean; by: string; until: string }[]> {
  const rows = await announcementRows(db)
    .where(isFor(scope))
    .where(isIn({ state: 'current', cityOnly: scope.kind === 'city' }, now))
    .orderBy('urgent', 'desc')
    .orderBy('ends_at')
    .orderBy('announcement.id', 'desc')
    .limit(MOST_AT_ONCE)
    .execute()
  return rows.map(({ id, text, urgent, poster_name: by, ends_at: until }) => ({
    ...{ id, text, urgent, by, until: until.toISOString() },
  }))
}

/** One announcement, if it is for `who`. */
export async function findAnnouncement(
  db: Db,
  who: Pick<Principal, 'role' | 'scope'>,
  id: number,
  now: number,
): Promise<Announcement | undefined> {
  const row = await announcementRows(db)
    .where('announcement.id', '=', id)
    .where(isFor(who.scope))
    .executeTakeFirst()
  return row && toAnnouncement(row, who, now)
}

/** The units with sites in a district: an announcement to it is for them, too. Each place once. */
export function placesIn(db: Db, district: string): Promise<{ district: string; unitId: number }[]> {
  return db
    .selectFrom('site')
    .select(['district', 'unit_id as unitId'])
    .distinct()
    .where('district', '=', district)
    .execute()
}

/** What is for a whole district is for the units that have sites there. */
function isFor(scope: Scope): RawBuilder<boolean> {
  if (scope.kind === 'city') return sql<boolean>`true`
  if (scope.kind === 'district') {
    return sql<boolean>`(announcement.district is null
      or announcement.district = any(${[...districtsOf(scope)]}::text[]))`
  }
  return sql<boolean>`(announcement.district is null or exists (
    select from site where site.district = announcement.district and ${within(scope, 'site')}))`
}

function isIn({ state, cityOnly }: AnnouncementFilter, now: number): RawBuilder<boolean> {
  const at = new Date(now)
  const standing = {
    current: sql`withdrawn_at is null and starts_at <= ${at} and ends_at > ${at}`,
    coming: sql`withdrawn_at is null and starts_at > ${at}`,
    past: sql`(withdrawn_at is not null or ends_at <= ${at})`,
  }
  return sql<boolean>`(${state ? standing[state] : sql`true`}
    and ${cityOnly ? sql`announcement.district is null` : sql`true`})`
}

function announcementRows(db: Db) {
  return db
    .selectFrom('announcement')
    .innerJoin('user_account as poster', 'poster.id', 'posted_by')
    .leftJoin('user_account as withdrawer', 'withdrawer.id', 'withdrawn_by')
    .selectAll('announcement')
    .select(['poster.name as poster_name', 'withdrawer.name as withdrawer_name'])
}

type Row = Awaited<ReturnType<ReturnType<typeof announcementRows>['executeTakeFirstOrThrow']>>

function toAnnouncement(row: Row, who: Pick<Principal, 'role' | 'scope'>, now: number): Announcement {
  const { id, district, text, urgent, withdrawn_by: by, withdrawn_at: at } = row
  const isOver = at !== null || row.ends_at.getTime() <= now
  return {
    id,
    district,
    text,
    urgent,
    from: row.starts_at.toISOString(),
    until: row.ends_at.toISOString(),
    postedBy: { id: row.posted_by, name: row.poster_name },
    postedAt: row.posted_at.toISOString(),
    withdrawn:
      by !== null && at ? { by: { id: by, name: row.withdrawer_name ?? '' }, at: at.toISOString() } : null,
    mayWithdraw: !isOver && may(who, 'announcement.post', { district, unitId: null }),
  }
}
