import { sql } from 'kysely'
import { localMinute, localMoment } from '../../../shared/base/time.ts'
import {
  type Handover,
  type HandoverSummary,
  type RotationInput,
  rotationShifts,
  type Shift,
  type ShiftInput,
} from '../../../shared/desk/duty/duty.ts'
import { may, type Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { findById, scopeOf } from '../../people/accounts/queries.ts'
import { type AuditRecord, recordAudit } from '../../people/audit/record.ts'
import { findHandover, shiftsById } from './queries.ts'
import { summaryOf } from './summary.ts'

interface Turn {
  readonly userId: number
  readonly startsMs: number
  readonly endsMs: number
}

/** Puts a person on duty for one turn. @throws Refusal forbidden, invalid, conflict */
export async function addShift(ctx: Context, user: Principal, input: ShiftInput): Promise<Shift> {
  const { district, userId } = input
  const turn = { userId, startsMs: Date.parse(input.startsAt), endsMs: Date.parse(input.endsAt) }
  const [shift] = await plan(ctx, user, district, [turn], 'duty.added')
  if (!shift) throw new Error('the turn of duty is gone')
  return shift
}

/** Puts people on duty in turns: all of them, or with the first that cannot be, none. @throws Refusal as `addShift` */
export function addRotation(ctx: Context, user: Principal, input: RotationInput): Promise<Shift[]> {
  return plan(ctx, user, input.district, rotationShifts(input), 'duty.planned')
}

async function plan(
  ctx: Context,
  user: Principal,
  district: string | null,
  turns: readonly Turn[],
  action: AuditRecord['action'],
): Promise<Shift[]> {
  requireDesk(user, district)
  return ctx.db.transaction().execute(async (tx) => {
    await inTurn(tx)
    await requireDistrict(tx, district)
    for (const id of new Set(turns.map((turn) => turn.userId))) await requireFit(tx, id, district)
    await requireFree(tx, district, turns)
    const rows = turns.map(({ userId, startsMs, endsMs }) => ({
      district,
      user_id: userId,
      starts_at: new Date(startsMs),
      ends_at: new Date(endsMs),
    }))
    const ids = await tx.insertInto('duty_shift').values(rows).returning('id').execute()
    const detail = { district, turns: turns.length, from: rows[0]?.starts_at, to: rows.at(-1)?.ends_at }
    await recordAudit(tx, audit(ctx, user, action, ids.length === 1 ? (ids[0]?.id ?? null) : null, detail))
    return shiftsById(
      tx,
      ids.map(({ id }) => id),
    )
  })
}

/** Somebody else takes a turn over. @throws Refusal not_found, forbidden, invalid, conflict */
export async function swapShift(
  ctx: Context,
  user: Principal,
  id: number,
  { version, userId }: { version: number; userId: number },
): Promise<Shift> {
  return ctx.db.transaction().execute(async (tx) => {
    const before = await lockShift(tx, user, id, version)
    await requireFit(tx, userId, before.district)
    await tx
      .updateTable('duty_shift')
      .set({ user_id: userId, version: sql`version + 1` })
      .where('id', '=', id)
      .execute()
    await recordAudit(tx, audit(ctx, user, 'duty.swapped', id, { from: before.person.name, userId }))
    const [after] = await shiftsById(tx, [id])
    return after ?? before
  })
}

/** Takes a turn off the roster. @throws Refusal not_found, forbidden, conflict */
export async function removeShift(ctx: Context, user: Principal, id: number, version: number): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    const { district, person, startsAt } = await lockShift(tx, user, id, version)
    await tx.deleteFrom('duty_shift').where('id', '=', id).execute()
    await recordAudit(tx, audit(ctx, user, 'duty.removed', id, { district, person: person.name, startsAt }))
  })
}

/** Hands a desk over: keeps what is going on there, with a note. @throws Refusal forbidden, invalid */
export async function handOver(
  ctx: Context,
  user: Principal,
  { district, text }: { district: string | null; text: string },
): Promise<Handover> {
  requireDesk(user, district)
  return ctx.db.transaction().execute(async (tx) => {
    await requireDistrict(tx, district)
    const now = ctx.clock.now()
    const summary = await summaryOf(tx, district, now)
    const { id } = await tx
      .insertInto('duty_handover')
      .values({ district, author_id: user.id, at: new Date(now), text, summary: JSON.stringify(summary) })
      .returning('id')
      .executeTakeFirstOrThrow()
    await recordAudit(tx, audit(ctx, user, 'duty.handed_over', id, { district, text }))
    return required(await findHandover(tx, id))
  })
}

/** What handing over a desk now would keep. @throws Refusal forbidden, invalid */
export async function draftHandover(
  ctx: Context,
  user: Principal,
  district: string | null,
): Promise<HandoverSummary> {
  requireDesk(user, district)
  await requireDistrict(ctx.db, district)
  return summaryOf(ctx.db, district, ctx.clock.now())
}

/** Takes a desk over: signs what was handed over there, once. @throws Refusal not_found, forbidden, conflict */
export async function signHandover(ctx: Context, user: Principal, id: number): Promise<Handover> {
  return ctx.db.transaction().execute(async (tx) => {
    const before = await findHandover(tx, id)
    if (!before) throw new Refusal('not_found', 'duty.noSuchHandOver')
    requireDesk(user, before.district)
    if (before.author.id === user.id) {
      throw new Refusal('forbidden', 'duty.handsOverCannotSignTakes')
    }
    const signed = await tx
      .updateTable('duty_handover')
      .set({ signed_by: user.id, signed_at: new Date(ctx.clock.now()) })
      .where('id', '=', id)
      .where('signed_by', 'is', null)
      .executeTakeFirst()
    const after = required(await findHandover(tx, id))
    if (signed.numUpdatedRows !== 1n) {
      const name = after.signedBy?.name ?? ''
      throw new Refusal('conflict', 'duty.signedAlready', { values: { name }, current: after })
    }
    await recordAudit(tx, audit(ctx, user, 'duty.taken_over', id, { district: before.district }))
    return after
  })
}

function required(handover: Handover | undefined): Handover {
  if (!handover) throw new Error('the hand-over is gone')
  return handover
}

/** Rosters are changed one after the other, so that no two turns slip in at the same time. */
async function inTurn(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('duty roster'))`.execute(tx)
}

async function lockShift(tx: Tx, user: Principal, id: number, version: number): Promise<Shift> {
  await inTurn(tx)
  const [shift] = await shiftsById(tx, [id])
  if (!shift) throw new Refusal('not_found', 'duty.noSuchTurnDuty')
  requireDesk(user, shift.district)
  if (shift.version !== version) {
    throw new Refusal('conflict', 'duty.turnDutyBeenChangedMeanwhile', { current: shift })
  }
  return shift
}

function requireDesk(user: Principal, district: string | null): void {
  if (!may(user, 'duty.manage', { district, unitId: null })) {
    throw new Refusal('forbidden', 'duty.mayNotPlanDuty')
  }
}

async function requireDistrict(tx: Db | Tx, district: string | null): Promise<void> {
  if (district === null) return
  const row = await tx.selectFrom('district').select('code').where('code', '=', district).executeTakeFirst()
  if (!row) throw new Refusal('invalid', 'common.noSuchDistrict')
}

/** On duty can only be who may take on the alerts of the place. */
async function requireFit(tx: Tx, userId: number, district: string | null): Promise<void> {
  const person = await findById(tx, userId)
  if (!person) {
    throw new Refusal('invalid', 'common.noSuchPerson')
  }
  const who = { role: person.role, scope: scopeOf(person) }
  if (!may(who, 'alert.acknowledge', { district, unitId: null })) {
    throw new Refusal('invalid', 'duty.mayNotTakeAlerts', { values: { name: person.name } })
  }
}

/** @throws Refusal conflict, with the turn that is in the way. */
async function requireFree(tx: Tx, district: string | null, turns: readonly Turn[]): Promise<void> {
  const from = new Date(Math.min(...turns.map((turn) => turn.startsMs)))
  const to = new Date(Math.max(...turns.map((turn) => turn.endsMs)))
  const others = await tx
    .selectFrom('duty_shift')
    .innerJoin('user_account', 'user_account.id', 'user_id')
    .select(['name', 'starts_at', 'ends_at'])
    .where(sql<boolean>`duty_shift.district is not distinct from ${district}`)
    .where('starts_at', '<', to)
    .where('ends_at', '>', from)
    .orderBy('starts_at')
    .execute()
  const taken = others.find((other) =>
    turns.some((turn) => turn.startsMs < other.ends_at.getTime() && turn.endsMs > other.starts_at.getTime()),
  )
  if (!taken) return
  const when = `${localMinute(taken.starts_at.getTime())} – ${localMoment(taken.ends_at.getTime())}`
  throw new Refusal('conflict', 'duty.dutyAlready', { values: { name: taken.name, when } })
}

function audit(
  ctx: Context,
  user: Principal,
  action: AuditRecord['action'],
  entityId: number | null,
  detail: Record<string, unknown>,
): AuditRecord {
  return { at: new Date(ctx.clock.now()), actor: user, action, entity: 'duty', entityId, detail }
}
