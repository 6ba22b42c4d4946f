import { sql, type Updateable } from 'kysely'
import { localDay, yearOf } from '../../../shared/base/time.ts'
import type { RoundChanged } from '../../../shared/census/rounds/facts.ts'
import type { NewRound, Round } from '../../../shared/census/rounds/rounds.ts'
import { mayRepeat } from '../../../shared/census/rounds/rounds-rules.ts'
import { may, type Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { appendFacts } from '../../base/facts/append.ts'
import { Refusal } from '../../base/refusal.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { editionInForce, findEdition } from '../../register/rule-editions/in-force.ts'
import { endGuard, insertGuard, requireGuardable } from './guards/begin.ts'
import { closeGuard } from './guards/close.ts'
import { findRound } from './queries.ts'
import type { CensusRoundTable, RoundStep } from './tables.ts'
import { todayOf } from './today.ts'
import './refusals.ts'

/**
 * Plans a round. Nothing is fixed before it is opened.
 * @throws Refusal forbidden; invalid where it ends before it begins, or a sample is missing or of no use
 */
export async function planRound(ctx: Context, user: Principal, given: NewRound): Promise<Round> {
  requireManager(user)
  const edition =
    given.edition === undefined
      ? editionInForce()
      : await findEdition(ctx.db, given.edition, { on: localDay(ctx.clock.now()) })
  requireSense(given)
  if (given.guard) await requireGuardable(ctx, given.guard, given.dueOn)
  const planned = await ctx.db.transaction().execute(async (tx) => {
    const id = await insertRound(tx, ctx, { ...given, edition: edition.code }, user)
    return tell(ctx, tx, user, id, 'round.planned')
  })
  ctx.wake()
  return planned
}

/** Has others who plan a round that begins in a year wait until this is done. */
export async function planAlone(tx: Tx, year: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('census round'), ${year})`.execute(tx)
}

/** Adds a planned round, with the next number of its kind and year. @param user null: the program plans it. */
export async function insertRound(
  tx: Tx,
  ctx: Pick<Context, 'clock'>,
  { kind, edition, opensOn, dueOn, sample, repeats, guard }: NewRound & { readonly edition: string },
  user: Principal | null,
): Promise<number> {
  const year = yearOf(opensOn)
  // Two who plan at once have two numbers.
  await planAlone(tx, year)
  const { serial } = await tx
    .selectFrom('census_round')
    .select(sql<number>`coalesce(max(serial), 0) + 1`.as('serial'))
    .where('kind', '=', kind)
    .where('year', '=', year)
    .executeTakeFirstOrThrow()
  const { seed = null, ...rest } = sample ?? {}
  const { id } = await tx
    .insertInto('census_round')
    .values({
      ...{ kind, year, serial, state: 'planned' as const, edition, revision: null },
      ...{ opens_on: opensOn, due_on: dueOn, repeats },
      ...{ sample: sample ? JSON.stringify(rest) : null, seed, seed_first: seed !== null, frame_hash: null },
      ...{ planned_by: user?.id ?? null, planned_at: new Date(ctx.clock.now()) },
      ...{ opened_by: null, opened_at: null, drawn_by: null, drawn_at: null },
      ...{ ended_by: null, ended_at: null, ended_note: null },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  if (guard) await insertGuard(tx, id, guard)
  return id
}

/** Ends a round well. @throws Refusal not_found, forbidden, conflict */
export const closeRound = (ctx: Context, user: Principal, id: number, { version }: { version: number }) =>
  takeRound(ctx, user, id, { version, step: 'close' }, async (tx, before) => {
    if (before.guard) await closeGuard(ctx, tx, before, before.guard, user)
    await setRound(tx, id, { state: 'closed', ...endedBy(ctx, user, null) })
    return 'round.closed'
  })

/** Declares a round void; all of it stays to be read. @throws Refusal not_found, forbidden, conflict */
export const voidRound = (
  ctx: Context,
  user: Principal,
  id: number,
  { version, reason }: { version: number; reason: string },
) =>
  takeRound(ctx, user, id, { version, step: 'void', text: reason }, async (tx) => {
    await endGuard(tx, id)
    await setRound(tx, id, { state: 'void', ...endedBy(ctx, user, reason) })
    return 'round.voided'
  })

const endedBy = (ctx: Context, { id }: Principal, note: string | null) => ({
  ...{ ended_by: id, ended_at: new Date(ctx.clock.now()), ended_note: note },
})

interface Taking {
  readonly version: number
  readonly step: RoundStep
  readonly text?: string | null
}

/**
 * Takes a step with a round, if it still is as it was seen and the step is open to whoever takes it.
 * @param take what is done in the transaction. @returns the fact that it is
 * @throws Refusal not_found, forbidden, conflict
 */
export async function takeRound(
  ctx: Context,
  user: Principal,
  id: number,
  { version, step, text = null }: Taking,
  take: (tx: Tx, before: Round) => Promise<RoundChanged['kind']>,
): Promise<Round> {
  requireManager(user)
  const after = await ctx.db.transaction().execute(async (tx) => {
    await tx.selectFrom('census_round').select('id').where('id', '=', id).forUpdate().execute()
    const before = await requireRound(ctx, tx, user, id)
    if (before.version !== version) {
      throw new Refusal('conflict', 'rounds.changedMeanwhile', { current: before })
    }
    if (!before.may.includes(step)) throw refusalOf(before, step)
    return tell(ctx, tx, user, id, await take(tx, before), text)
  })
  ctx.wake()
  return after
}

/** Why a step cannot be taken. */
function refusalOf(round: Round, step: RoundStep): Refusal {
  const { number, count, kind, state } = round
  const n = count.total - count.done
  if (step === 'close' && kind === 'spot' && state !== 'planned' && n > 0) {
    return new Refusal('conflict', 'rounds.resultsMissing', { values: { number, n }, current: round })
  }
  if (step === 'close' && round.guard && round.state !== 'planned' && round.guard.phase !== 'ended') {
    const { to } = round.guard
    return new Refusal('conflict', 'rounds.guardRuns', { values: { number, to }, current: round })
  }
  return new Refusal('conflict', 'rounds.notInThisState', { values: { number }, current: round })
}

/** Changes a round, and with it its version. */
export async function setRound(tx: Tx, id: number, change: Updateable<CensusRoundTable>): Promise<void> {
  await tx
    .updateTable('census_round')
    .set({ ...change, version: sql`version + 1` })
    .where('id', '=', id)
    .execute()
}

/** @throws Refusal not_found */
export async function requireRound(
  ctx: Pick<Context, 'clock'>,
  db: Db,
  user: Principal,
  id: number,
): Promise<Round> {
  const found = await findRound(db, user, id, await todayOf(ctx, db))
  if (!found) throw new Refusal('not_found', 'requests.noSuchThing')
  return found
}

function requireManager(user: Principal): void {
  if (!may(user, 'round.manage', { district: null, unitId: null })) {
    throw new Refusal('forbidden', 'requests.roleMayNot')
  }
}

function requireSense({ kind, opensOn, dueOn, sample, repeats, guard }: NewRound): void {
  const wrong = (
    path: string,
    reason:
      | 'rounds.endsFirst'
      | 'rounds.sampleMissing'
      | 'rounds.sampleOfNoUse'
      | 'rounds.repeatsNot'
      | 'rounds.guardOfNoUse',
  ) => new Refusal('invalid', reason, { issues: [{ path, reason, values: {} }] })
  if (dueOn < opensOn) throw wrong('dueOn', 'rounds.endsFirst')
  if (kind === 'spot' && !sample) throw wrong('sample', 'rounds.sampleMissing')
  if (kind !== 'spot' && sample) throw wrong('sample', 'rounds.sampleOfNoUse')
  if (kind !== 'guard' && guard) throw wrong('guard', 'rounds.guardOfNoUse')
  if (repeats && !mayRepeat(kind)) throw wrong('repeats', 'rounds.repeatsNot')
}

/** Audits what was done and tells it to all. @param user null: the program did it. */
export async function tell(
  ctx: Context,
  tx: Tx,
  user: Principal | null,
  id: number,
  kind: RoundChanged['kind'],
  text: string | null = null,
): Promise<Round> {
  const at = new Date(ctx.clock.now())
  const reader = user ?? { id: 0, name: '', role: 'viewer' as const, scope: { kind: 'city' as const } }
  const after = await requireRound(ctx, tx, reader, id)
  const { number, edition, opensOn, dueOn, frameHash, seed } = after
  const detail = { number, edition, from: opensOn, to: dueOn, frameHash, seed, note: text }
  await recordAudit(tx, { at, actor: user, action: kind, entity: 'round', entityId: id, detail })
  const actor = user && { id: user.id, name: user.name }
  const data = {
    ...{ roundId: id, number, due: dueOn, text },
    // What is only planned may still become another.
    ...(kind !== 'round.planned' && { everybody: true as const }),
  }
  await appendFacts(tx, [{ kind, at: at.toISOString(), siteId: null, district: null, actor, data }])
  return after
}
