import { type InferResult, sql } from 'kysely'
import { DAY } from '../../../shared/base/time.ts'
import type { DutyDesk, Handover, Shift } from '../../../shared/desk/duty/duty.ts'
import { districtsOf, PERMISSIONS, type Scope, unitIdsOf } from '../../../shared/people/rights/rights.ts'
import type { Db } from '../../base/db/database.ts'

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

/** What was handed over at the desks within a scope, newest first. A unit has no desk. */
export async function handovers(db: Db, scope: Scope, limit: number): Promise<Handover[]> {
  const rows = await handoverRows(db)
    .where(desksWithin(scope))
    .orderBy('duty_handover.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toHandover)
}

/** One hand-over, whoever asks. */
export async function findHandover(db: Db, id: number): Promise<Handover | undefined> {
  const row = await handoverRows(db).where('duty_handover.id', '=', id).executeTakeFirst()
  return row && toHandover(row)
}

function handoverRows(db: Db) {
  return db
    .selectFrom('duty_handover')
    .innerJoin('user_account as author', 'author.id', 'author_id')
    .leftJoin('user_account as signer', 'signer.id', 'signed_by')
    .select([
      'duty_handover.id',
      'duty_handover.district',
      'at',
      'text',
      'summary',
      'author_id',
      'author.name',
    ])
    .select(['signed_by', 'signed_at', 'signer.name as signer_name'])
}

type HandoverRow = InferResult<ReturnType<typeof handoverRows>>[number]

function toHandover(row: HandoverRow): Handover {
  const { id, district, at, text, summary, author_id, name, signed_by, signed_at, signer_name } = row
  return {
    id,
    district,
    at: at.toISOString(),
    author: { id: author_id, name },
    text,
    summary,
    signedBy: signed_by === null ? null : { id: signed_by, name: signer_name ?? '' },
    signedAt: signed_at?.toISOString() ?? null,
  }
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
