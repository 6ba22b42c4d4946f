import { sql, type Updateable } from 'kysely'
import type { z } from 'zod'
import type { LetterDetail, letterStepInput } from '../../../shared/census/letters/letters.ts'
import {
  hotlineOn,
  LETTER_STEPS,
  type LetterDid,
  type LetterState,
  type LetterStep,
  letterNumber,
  MOST_JOINT,
  MOST_STEPS,
} from '../../../shared/census/letters/letters-rules.ts'
import { may, type Principal, unitIdsOf } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { letterDetailOf } from './detail.ts'
import { linkToSite } from './link.ts'
import type { LetterRow } from './queries.ts'
import { isNext, isOther, isTheirs } from './rules.ts'
import { requireLetter, unitFor } from './service.ts'
import type { LetterTable } from './tables.ts'
import { letterTerm, type Reckoning, reckoningIn } from './terms.ts'

type Input = { [S in LetterStep]: z.output<(typeof letterStepInput)[S]> }

/** What a step changes of a letter, and what is kept of it. */
interface Taken {
  readonly change?: Updateable<LetterTable>
  readonly unit?: { readonly id: number; readonly name: string } | null
  readonly number?: number
  readonly day?: string | null
  readonly text: string
}

interface Taking<S extends LetterStep> {
  readonly ctx: Context
  readonly tx: Tx
  readonly user: Principal
  readonly row: LetterRow
  readonly given: Input[S]
  readonly by: Reckoning
}

const NOTHING_ASKED = { asked: null, asked_by: null } as const
const DONE = { act_from: null, act_on: null, ...NOTHING_ASKED } as const

/** How each step is taken, once it is known that it may be. */
const WORK: { readonly [S in LetterStep]: (taking: Taking<S>) => Promise<Taken> | Taken } = {
  assign: give,
  transfer: give,
  return: ({ given }) => ({ change: { ...NOTHING_ASKED, unit_id: null, district: null }, text: given.note }),
  join: async ({ tx, user, row, given }) => {
    const unit = await unitFor(tx, user, given.unitId)
    if (!unit || unit.id === row.unit_id || row.joint_unit_ids.includes(unit.id))
      throw handlesAlready(unit?.name ?? '')
    if (row.joint_unit_ids.length >= MOST_JOINT) {
      throw new Refusal('too_many_requests', 'letters.tooManyJoint', { values: { most: MOST_JOINT } })
    }
    const joint_unit_ids = [...row.joint_unit_ids, unit.id]
    const joint_districts = [...new Set([...row.joint_districts, unit.district])]
    return { change: { joint_unit_ids, joint_districts }, unit, text: given.note }
  },
  contribute: ({ row, user, given }) => {
    const own = row.joint.find(({ id }) => unitIdsOf(user.scope).includes(id))
    return { unit: own ?? null, text: given.note }
  },
  ask: ({ user, row, given }) => {
    refuseMoreThan(row, given.workdays)
    return { change: { asked: given.workdays, asked_by: user.id }, number: given.workdays, text: given.note }
  },
  extend: ({ row, by, given }) => {
    refuseMoreThan(row, given.workdays)
    const term = letterTerm(by, row.received_on, row.workdays + given.workdays)
    const change = { ...NOTHING_ASKED, ...term, extended: given.workdays, act_on: term.due_on }
    return { change, number: given.workdays, text: given.note }
  },
  decline: ({ given }) => ({ change: NOTHING_ASKED, text: given.note }),
  reply: ({ user, row, by, given }) => {
    const { repliedOn = null } = given
    if (repliedOn !== null && !may(user, 'letter.assign')) throw wrongDay('letters.repliedOnTheDay')
    if (repliedOn !== null && repliedOn < row.received_on) throw wrongDay('letters.repliedBefore')
    if (repliedOn !== null && repliedOn > by.today) throw wrongDay('letters.dayAhead')
    return {
      change: { reply: given.text, reply_by: user.id, replied_on: repliedOn },
      day: repliedOn,
      text: given.text,
    }
  },
  revise: ({ given }) => ({ text: given.note }),
  approve: ({ row, by, given }) => {
    const answered_on = row.replied_on ?? by.today
    const first_answered_on = row.first_answered_on ?? answered_on
    return { change: { ...DONE, answered_on, first_answered_on }, day: row.replied_on, text: given.note }
  },
  publish: ({ by, given }) => ({ change: { published_on: by.today }, text: given.note }),
  unpublish: ({ given }) => ({ change: { published_on: null }, text: given.note }),
  rate: ({ given }) => ({ change: { rating: given.rating }, number: given.rating, text: given.note }),
  close: ({ given }) => ({ text: given.note }),
  reopen: ({ row, by, given }) => {
    // Its first answer stays what counts; what is to be done now has a term of its own.
    const act_on = letterTerm(by, by.today, row.workdays).due_on
    return { change: { act_from: by.today, act_on, published_on: null }, text: given.note }
  },
  link: async ({ ctx, tx, user, row, given }) => ({
    change: await linkToSite(ctx, tx, user, row, given),
    text: given.note,
  }),
  merge: async ({ tx, user, row, given }) => {
    const into = given.into === row.id ? undefined : await requireLetter(tx, user, given.into)
    if (!into || into.merged_into !== null) throw new Refusal('invalid', 'letters.mergesNot')
    const number = letterNumber(into.year, into.serial)
    return {
      change: { ...DONE, merged_into: into.id },
      text: given.note === '' ? number : `${number}: ${given.note}`,
    }
  },
  forget: async ({ tx, row, given }) => {
    await tx.deleteFrom('letter_person').where('letter_id', '=', row.id).execute()
    // What is personal in it can be hidden from nobody any more.
    return { change: { published_on: null }, text: given.note }
  },
}

async function give({ tx, user, row, given }: Taking<'assign' | 'transfer'>): Promise<Taken> {
  const unit = await unitFor(tx, user, given.unitId)
  if (!unit || unit.id === row.unit_id) throw handlesAlready(unit?.name ?? '')
  const joint_unit_ids = row.joint_unit_ids.filter((id) => id !== unit.id)
  const joint_districts = await districtsOfUnits(tx, joint_unit_ids)
  const joint = { joint_unit_ids, joint_districts }
  const change = { ...NOTHING_ASKED, unit_id: unit.id, district: unit.district, ...joint }
  return { change, unit, text: given.note }
}

/** Who oversees those that handle it jointly: a unit that is none of them any more takes its district with it. */
async function districtsOfUnits(tx: Tx, ids: readonly number[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await tx
    .selectFrom('unit')
    .select('district')
    .distinct()
    .where('id', 'in', ids)
    .orderBy('district')
    .execute()
  return rows.map(({ district }) => district)
}

const handlesAlready = (name: string) =>
  new Refusal('conflict', 'letters.handlesAlready', { values: { name } })
const wrongDay = (reason: 'letters.repliedOnTheDay' | 'letters.repliedBefore' | 'letters.dayAhead') =>
  new Refusal('invalid', reason, { issues: [{ path: 'repliedOn', reason, values: {} }] })

function refuseMoreThan({ received_on }: LetterRow, workdays: number): void {
  const most = hotlineOn(received_on).extension.mostWorkdays
  if (workdays > most) throw new Refusal('invalid', 'letters.extendedTooFar', { values: { most } })
}

/**
 * Takes a step with a letter as its person has seen it.
 * @throws Refusal not_found; forbidden by right, place, or as one's own; conflict where it was changed meanwhile, or is not at
 * this step; invalid; too_many_requests
 */
export async function takeLetterStep<S extends LetterStep>(
  ctx: Context,
  user: Principal,
  id: number,
  step: S,
  given: Input[S],
): Promise<LetterDetail> {
  return ctx.db.transaction().execute(async (tx) => {
    // Of two that are merged at once into each other, the second finds that it is too late.
    const held = step === 'merge' ? [id, (given as Input['merge']).into] : [id]
    await tx.selectFrom('letter').select('id').where('id', 'in', held).orderBy('id').forUpdate().execute()
    const row = await requireLetter(tx, user, id)
    const by = await reckoningIn(tx, ctx.clock.now())
    if (!isTheirs(row, user, step)) throw new Refusal('forbidden', 'letters.notTheirs')
    const number = letterNumber(row.year, row.serial)
    if (row.version !== given.version) {
      const current = await letterDetailOf(tx, user, row, by)
      throw new Refusal('conflict', 'letters.changedMeanwhile', { values: { number }, current })
    }
    if (!isNext(row, step)) {
      const current = await letterDetailOf(tx, user, row, by)
      const isTooLate = step === 'publish' && row.is_forgotten
      const reason = isTooLate ? 'letters.publishedForgotten' : 'letters.notAtThisStep'
      throw new Refusal('conflict', reason, { values: { number }, current })
    }
    if (!isOther(row, user, step)) throw new Refusal('forbidden', 'letters.byAnother')
    await refuseEndless(tx, id)
    const taken = await WORK[step]({ ctx, tx, user, row, given, by })
    await store(ctx, tx, user, row, step, taken)
    // Who has sent it back, or to another, is told what has become of it, and sees it no more.
    const after = await requireLetter(tx, { ...user, scope: { kind: 'city' } }, id)
    return letterDetailOf(tx, user, after, by)
  })
}

async function refuseEndless(tx: Tx, id: number): Promise<void> {
  const { n } = await tx
    .selectFrom('letter_step')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('letter_id', '=', id)
    .executeTakeFirstOrThrow()
  if (n >= MOST_STEPS)
    throw new Refusal('too_many_requests', 'letters.tooManySteps', { values: { most: MOST_STEPS } })
}

async function store(
  ctx: Context,
  tx: Tx,
  user: Principal,
  { id }: LetterRow,
  step: LetterStep,
  { change = {}, unit = null, number, day = null, text }: Taken,
): Promise<void> {
  const { to, did }: { to: LetterState | null; did: LetterDid } = LETTER_STEPS[step]
  await tx
    .updateTable('letter')
    .set({ ...change, ...(to !== null && { state: to }), version: sql`version + 1` })
    .where('id', '=', id)
    .execute()
  const at = new Date(ctx.clock.now())
  await tx
    .insertInto('letter_step')
    .values({
      ...{ letter_id: id, step, at, on_day: day, actor_id: user.id, actor_name: user.name },
      ...{ unit_id: unit?.id ?? null, unit_name: unit?.name ?? null, number: number ?? null, text },
    })
    .execute()
  const detail = { unit: unit?.name, number, day: day ?? undefined }
  await recordAudit(tx, { at, actor: user, action: `letter.${did}`, entity: 'letter', entityId: id, detail })
}
