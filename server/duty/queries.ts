import { sql } from 'kysely'
import type { DutyDesk, Handover, Shift } from '../../shared/duty.ts'
import { DAY } from '../../shared/time.ts'
import { districtsOf, PERMISSIONS, type Scope, unitIdsOf } from '../../shared/users.ts'
import type { Db } from '../db/database.ts'

/** Turns of duty that reach into a stretch of time: the city's desk first, each by beginning. */
export async function shiftsBetween(db: Db, from: Date, to: Date): Promise<Shift[]> {
  const rows = await shifts(db)
    .where('ends_at', '>', from)
    .where('starts_at', '<', to)
    .orderBy(sql`duty_shift.district nulls first`)
    .orderBy('starts_at')
    .execute()
  return rows.map(toShift)
}

/** The turns with these ids, by beginning. */
export async function shiftsById(db: Db, ids: readonly number[]): Promise<Shift[]> {
  const rows = await shifts(db)
    .where(sql<boolean>`duty_shift.id = any(${ids}::int[])`)
    .orderBy('starts_at')
    .execute()
  return rows.map(toShift)
}

/**
 * SQL for whether a person on the roster still may take on the alerts of the desk: accounts change after their turns
 * were planned. Of `duty_shift` joined with `user_account`; the SQL side of what planning a turn asks for.
 */
export const isStillFit = sql<boolean>`(user_account.disabled_at is null and user_account.unit_ids = '{}'
  and user_account.role = any(${[...PERMISSIONS['alert.acknowledge']]}::text[])
  and (user_account.districts = '{}' or duty_shift.district = any(user_account.districts)))`

/** So far ahead is looked for who comes next. */
const AHEAD_MS = 14 * DAY

/** Every desk, the city's first, with who is on duty there now and who comes next, of people who still may be. */
export async function dutyDesks(db: Db, now: Date): Promise<DutyDesk[]> {
  const districts = await db.selectFrom('district').select('code').orderBy('position').execute()
  const rows = await shifts(db)
    .where('ends_at', '>', now)
    .where('starts_at', '<', new Date(now.getTime() + AHEAD_MS))
    .where(isStillFit)
    .orderBy('starts_at')
    .execute()
  const all = rows.map(toShift)
  const of = (district: string | null, isNow: boolean) =>
    all.find((one) => one.district === district && Date.parse(one.startsAt) <= now.getTime() === isNow) ??
    null
  return [null, ...districts.map(({ code }) => code)].map((district) => ({
    district,
    now: of(district, true),
    next: of(district, false),
  }))
}

/**
 * Whose turns somebody reads: the city's desk, and those of the own districts or of where the own units are. Null: all.
 */
export async function desksSeen(db: Db, scope: Scope): Promise<ReadonlySet<string | null> | null> {
  if (scope.kind === 'city') return null
  if (scope.kind === 'district') return new Set([null, ...districtsOf(scope)])
  const rows = await db
    .selectFrom('unit')
    .select('district')
    .where(sql<boolean>`id = any(${[...unitIdsOf(scope)]}::int[])`)
    .execute()
  return new Set([null, ...rows.map((row) => row.district)])
}

/** What was left to those who came after at the desks within a scope, newest first. A unit has no desk. */
export async function handovers(db: Db, scope: Scope, limit: number): Promise<Handover[]> {
  const rows = await db
    .selectFrom('duty_handover')
    .innerJoin('user_account', 'user_account.id', 'author_id')
    .select(['duty_handover.id', 'duty_handover.district', 'at', 'text', 'author_id', 'user_account.name'])
    .where(desksWithin(scope))
    .orderBy('duty_handover.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ author_id, name, at, ...row }) => ({
    ...row,
    at: at.toISOString(),
    author: { id: author_id, name },
  }))
}

function desksWithin(scope: Scope) {
  if (scope.kind === 'city') return sql<boolean>`true`
  return scope.kind === 'district'
    ? sql<boolean>`duty_handover.district = any(${[...districtsOf(scope)]}::text[])`
    : sql<boolean>`false`
}

function shifts(db: Db) {
  return db
    .selectFrom('duty_shift')
    .innerJoin('user_account', 'user_account.id', 'duty_shift.user_id')
    .select(['duty_shift.id', 'duty_shift.district', 'user_id', 'name', 'starts_at', 'ends_at', 'version'])
}

interface ShiftRow {
  id: number
  district: string | null
  user_id: number
  name: string
  starts_at: Date
  ends_at: Date
  version: number
}

function toShift({ user_id, name, starts_at, ends_at, ...row }: ShiftRow): Shift {
  return {
    ...row,
    person: { id: user_id, name },
    startsAt: starts_at.toISOString(),
    endsAt: ends_at.toISOString(),
  }
}
