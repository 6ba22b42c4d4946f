import { sql } from 'kysely'
import type { LetterDetail, NewLetter } from '../../../shared/census/letters/letters.ts'
import { letterNumber } from '../../../shared/census/letters/letters-rules.ts'
import { covers, may, type Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { letterDetailOf } from './detail.ts'
import { insertLetters, lockLetters } from './insert.ts'
import { type LetterUnit, type PreparedLetter, preparedLetter } from './prepare.ts'
import { findLetter, type LetterRow } from './queries.ts'
import { reckoningIn } from './terms.ts'
import './refusals.ts'

/** One letter with all that whoever asks may know. @throws Refusal not_found */
export async function letterOf(
  ctx: Context,
  user: Principal,
  id: number,
  db: Db = ctx.db,
): Promise<LetterDetail> {
  const row = await requireLetter(db, user, id)
  return letterDetailOf(db, user, row, await reckoningIn(db, ctx.clock.now()))
}

/**
 * Records a letter, in the department that it is given to.
 * @throws Refusal invalid for days that cannot be; not_found for a unit that is none; forbidden for one outside the own
 * scope, and to publish it at once for who may publish none; conflict for the same letter twice, with the one that is there
 */
export async function recordLetter(ctx: Context, user: Principal, given: NewLetter): Promise<LetterDetail> {
  if (given.published && !may(user, 'letter.publish')) throw new Refusal('forbidden', 'letters.mayNotPublish')
  const id = await ctx.db.transaction().execute(async (tx) => {
    const unit = await unitFor(tx, user, given.unitId ?? null)
    const prepared = preparedLetter(await reckoningIn(tx, ctx.clock.now()), user, 'form', given, unit)
    await lockLetters(tx)
    const twin = await sameLetter(tx, prepared)
    if (twin !== null) {
      const row = await findLetter(tx, user, twin.id)
      // What is not theirs to see is not told by its number either.
      if (!row) throw new Refusal('conflict', 'letters.sameLetterElsewhere')
      const current = await letterDetailOf(tx, user, row, await reckoningIn(tx, ctx.clock.now()))
      const number = letterNumber(twin.year, twin.serial)
      throw new Refusal('conflict', 'letters.sameLetter', { values: { number }, current })
    }
    const [made = 0] = await insertLetters(tx, [prepared])
    const detail = { kind: given.kind, receivedOn: given.receivedOn, unitId: given.unitId ?? null }
    const at = new Date(ctx.clock.now())
    await recordAudit(tx, {
      at,
      actor: user,
      action: 'letter.recorded',
      entity: 'letter',
      entityId: made,
      detail,
    })
    return made
  })
  return letterOf(ctx, user, id)
}

/**
 * The unit that somebody gives letters to; null where none is named, which is for those who see all alone.
 * @throws Refusal not_found, forbidden, invalid
 */
export async function unitFor(
  tx: Db | Tx,
  user: Principal,
  unitId: number | null,
): Promise<LetterUnit | null> {
  if (unitId === null) {
    if (user.scope.kind === 'city') return null
    throw new Refusal('invalid', 'letters.unitWanted', {
      issues: [{ path: 'unitId', reason: 'letters.unitWanted', values: {} }],
    })
  }
  const unit = await tx
    .selectFrom('unit')
    .select(['id', 'name', 'district'])
    .where('id', '=', unitId)
    .executeTakeFirst()
  if (!unit) throw new Refusal('not_found', 'common.noSuchUnit')
  if (covers(user.scope, { district: unit.district, unitId: unit.id })) return unit
  throw new Refusal('forbidden', 'letters.unitElsewhere', { values: { name: unit.name } })
}

/** A letter that is the same one: by its number elsewhere, or with the same words, day, kind and person. */
export async function sameLetter(
  tx: Db | Tx,
  { letter, person }: PreparedLetter,
): Promise<{ id: number; year: number; serial: number } | null> {
  const { rows } = await sql<{ id: number; year: number; serial: number }>`
    select l.id, l.year, l.serial from letter l left join letter_person p on p.letter_id = l.id
    where l.reference = ${letter.reference}
      or (l.mark = ${letter.mark} and l.received_on = ${letter.received_on} and l.kind = ${letter.kind}
        and coalesce(p.mark, '') = ${person?.mark ?? ''} and (l.reference is null or ${letter.reference}::text is null))
    order by l.id limit 1`.execute(tx)
  return rows[0] ?? null
}

/** @throws Refusal not_found */
export async function requireLetter(db: Db | Tx, user: Principal, id: number): Promise<LetterRow> {
  const row = await findLetter(db, user, id)
  if (!row) throw new Refusal('not_found', 'letters.noSuchLetter')
  return row
}
