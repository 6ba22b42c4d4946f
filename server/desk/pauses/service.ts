import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import type {
  PauseChange,
  PauseCover,
  PauseInput,
  PausePlan,
  PauseTarget,
} from '../../../shared/desk/pauses/pauses.ts'
import { endOfPlan, pauseFault } from '../../../shared/desk/pauses/pauses-rules.ts'
import { districtsOf, may, type Principal, unitIdsOf } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { refuseBeyondQuota } from '../../base/facts/quota.ts'
import { Refusal } from '../../base/refusal.ts'
import { type AuditRecord, recordAudit } from '../../people/audit/record.ts'
import { carryOutPauses } from './carry-out.ts'
import { appendPause } from './facts.ts'
import { countBounded, findPause, type PauseBounds } from './queries.ts'

/** How many sites a plan would cover, and whether it needs an answer. @throws Refusal invalid, forbidden, not_found */
export async function coverOf(ctx: Context, user: Principal, target: PauseTarget): Promise<PauseCover> {
  const sites = await requireCover(ctx.db, user, boundsOf(user, target))
  return { sites, approvedAtOnce: may(user, 'pause.approve') }
}

/**
 * Files downtime ahead. Whoever may approve it, has by filing it; everybody else waits for an answer.
 * @throws Refusal invalid, forbidden, not_found
 */
export async function filePause(ctx: Context, user: Principal, input: PauseInput): Promise<PausePlan> {
  const now = ctx.clock.now()
  const fault = pauseFault(input, now)
  const endsMs = endOfPlan(input)
  if (fault || endsMs === null) throw new Refusal('invalid', `pauses.fault.${fault ?? 'none'}`)
  const bounds = boundsOf(user, input.target)
  const isApproved = may(user, 'pause.approve')
  const plan = await ctx.db.transaction().execute(async (tx) => {
    const sites = await requireCover(tx, user, bounds)
    const { id } = await tx
      .insertInto('pause_plan')
      .values({
        ...bounds,
        kind: input.target.kind,
        from_at: new Date(input.from),
        to_at: new Date(input.to),
        repeat: input.repeat && JSON.stringify(input.repeat),
        ends_at: new Date(endsMs),
        reason: input.reason,
        state: isApproved ? 'approved' : 'filed',
        filed_by: user.id,
        filed_at: new Date(now),
        ...(isApproved && { decided_by: user.id, decided_at: new Date(now) }),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const { from, to, reason, target } = input
    await note(
      tx,
      user,
      isApproved ? 'pause.filed_and_approved' : 'pause.filed',
      id,
      { ...target, from, to, reason, sites },
      now,
    )
    await appendPause(tx, isApproved ? 'pause.approved' : 'pause.filed', id, user, null, now)
    return requirePlan(tx, user, id, now)
  })
  await carryOut(ctx)
  return plan
}

/**
 * Lets a plan be at another time, or for another reason; windows that are over stay what they were.
 * @throws Refusal invalid, not_found, forbidden, conflict
 */
export async function changePause(
  ctx: Context,
  user: Principal,
  id: number,
  { version, ...change }: PauseChange,
): Promise<PausePlan> {
  const now = ctx.clock.now()
  const plan = await ctx.db.transaction().execute(async (tx) => {
    const before = await lockPlan(tx, user, id, version, now)
    if (before.state !== 'filed' && before.state !== 'approved') throw answered(before)
    if (!before.mayChange) throw forbidden()
    const fault = pauseFault(change, now, before)
    const endsMs = endOfPlan(change)
    if (fault || endsMs === null) throw new Refusal('invalid', `pauses.fault.${fault ?? 'none'}`)
    const { from, to, repeat, endsAt, reason } = before
    const was = { from, to, repeat, endsAt, reason }
    if (isDeepStrictEqual({ from, to, repeat, reason }, timesOf(change))) return before
    await refuseBeyondQuota(tx, user, ctx, { kinds: ['pause.changed'], reason: 'pauses.changedTooOften' })
    await storeChange(tx, id, change, endsMs)
    await note(tx, user, 'pause.changed', id, { before: was, after: change }, now)
    await appendPause(tx, 'pause.changed', id, user, null, now, was)
    return requirePlan(tx, user, id, now)
  })
  await carryOut(ctx)
  return plan
}

/** As they are kept. */
const timesOf = ({ from, to, repeat, reason }: Omit<PauseChange, 'version'>) => ({
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
  ...{ repeat, reason },
})

async function storeChange(
  tx: Tx,
  id: number,
  { from, to, repeat, reason }: Omit<PauseChange, 'version'>,
  endsMs: number,
): Promise<void> {
  await tx
    .updateTable('pause_plan')
    .set({
      from_at: new Date(from),
      to_at: new Date(to),
      repeat: repeat && JSON.stringify(repeat),
      ends_at: new Date(endsMs),
      reason,
      version: sql`version + 1`,
    })
    .where('id', '=', id)
    .execute()
}

/** Approves or refuses what was filed. @throws Refusal not_found, forbidden, conflict */
export async function decidePause(
  ctx: Context,
  user: Principal,
  id: number,
  { version, reason, to }: { version: number; reason: string; to: 'approved' | 'refused' },
): Promise<PausePlan> {
  const now = ctx.clock.now()
  const plan = await ctx.db.transaction().execute(async (tx) => {
    const before = await lockPlan(tx, user, id, version, now)
    if (before.state !== 'filed') throw answered(before)
    if (!before.mayDecide) throw forbidden()
    if (to === 'approved' && Date.parse(before.endsAt) <= now) {
      throw new Refusal('conflict', 'pauses.timeOver', { current: before })
    }
    return settle(tx, user, id, { state: to, answer: reason }, now)
  })
  await carryOut(ctx)
  return plan
}

/** Takes a plan back; a window that is running ends. @throws Refusal not_found, forbidden, conflict */
export async function withdrawPause(
  ctx: Context,
  user: Principal,
  id: number,
  { version, reason }: { version: number; reason: string },
): Promise<PausePlan> {
  const now = ctx.clock.now()
  const plan = await ctx.db.transaction().execute(async (tx) => {
    const before = await lockPlan(tx, user, id, version, now)
    if (before.state !== 'filed' && before.state !== 'approved') throw answered(before)
    if (!before.mayWithdraw) throw forbidden()
    return settle(tx, user, id, { state: 'withdrawn', answer: reason }, now)
  })
  await carryOut(ctx)
  return plan
}

/** The plan is stored; what follows from it may wait for the watchdog's next look. */
async function carryOut(ctx: Context): Promise<void> {
  ctx.wake()
  await carryOutPauses(ctx, ctx.clock.now()).catch((error: unknown) =>
    ctx.log.warn({ err: error }, 'a pause is carried out later'),
  )
}

async function settle(
  tx: Tx,
  user: Principal,
  id: number,
  { state, answer }: { state: 'approved' | 'refused' | 'withdrawn'; answer: string },
  now: number,
): Promise<PausePlan> {
  await tx
    .updateTable('pause_plan')
    .set({ state, answer, decided_by: user.id, decided_at: new Date(now), version: sql`version + 1` })
    .where('id', '=', id)
    .execute()
  await note(tx, user, `pause.${state}`, id, answer ? { reason: answer } : {}, now)
  await appendPause(tx, `pause.${state}`, id, user, answer || null, now)
  return requirePlan(tx, user, id, now)
}

async function lockPlan(
  tx: Tx,
  user: Principal,
  id: number,
  version: number,
  now: number,
): Promise<PausePlan> {
  await tx.selectFrom('pause_plan').select('id').where('id', '=', id).forUpdate().executeTakeFirst()
  const plan = await requirePlan(tx, user, id, now)
  if (plan.version !== version) {
    throw new Refusal('conflict', 'pauses.planBeenChangedMeanwhile', { current: plan })
  }
  return plan
}

async function requirePlan(tx: Tx, user: Principal, id: number, now: number): Promise<PausePlan> {
  const plan = await findPause(tx, user, id, now)
  if (!plan) throw new Refusal('not_found', 'pauses.noSuchPausePlan')
  return plan
}

/** What a target means for who names it: a platform is bounded to the own district or unit. @throws Refusal invalid */
function boundsOf(user: Principal, { kind, siteId, unitId, district, platform }: PauseTarget): PauseBounds {
  const none: PauseBounds = { site_id: null, unit_id: null, district: null, platform: null }
  if (kind === 'site' && siteId !== undefined) return { ...none, site_id: siteId }
  if (kind === 'unit' && unitId !== undefined) return { ...none, unit_id: unitId }
  if (kind === 'district' && district !== undefined) return { ...none, district }
  if (kind === 'platform' && platform !== undefined) {
    return {
      ...none,
      platform,
      unit_id: unitId ?? only(unitIdsOf(user.scope)),
      district: district ?? only(districtsOf(user.scope)),
    }
  }
  throw new Refusal('invalid', 'pauses.sayWhatPaused')
}

/** Of several, one has to be named. */
function only<T>(places: readonly T[]): T | null {
  return places.length === 1 ? (places[0] ?? null) : null
}

/** @returns how many sites are covered, all of them within the scope. */
async function requireCover(db: Db | Tx, user: Principal, bounds: PauseBounds): Promise<number> {
  const { sites, outside } = await countBounded(db, user.scope, bounds)
  if (sites === 0) throw new Refusal('not_found', 'pauses.noSuchSite')
  if (outside > 0) {
    throw new Refusal('forbidden', 'pauses.someSitesNotYours')
  }
  return sites
}

function note(
  tx: Tx,
  user: Principal,
  action: Extract<AuditRecord['action'], `pause.${string}`>,
  id: number,
  detail: Record<string, unknown>,
  now: number,
): Promise<void> {
  return recordAudit(tx, { at: new Date(now), actor: user, action, entity: 'pause', entityId: id, detail })
}

const answered = (current: PausePlan) => new Refusal('conflict', 'pauses.planBeenSettledAlready', { current })
const forbidden = () => new Refusal('forbidden', 'pauses.mayNotPlan')
