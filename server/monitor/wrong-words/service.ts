import type {
  NewWrongWord,
  WrongWord,
  WrongWordEdit,
} from '../../../shared/monitor/wrong-words/wrong-words.ts'
import { MOST_WORDS } from '../../../shared/monitor/wrong-words/wrong-words-rules.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { faultOf } from './check.ts'
import { countWords, toWord, turnRevision, type WordFilter, wordRows } from './queries.ts'
import { bringStarter } from './starter.ts'
import './refusals.ts'

/** A page of the dictionary. */
export async function listWords(
  ctx: Context,
  filter: WordFilter,
  page: Parameters<typeof wordRows>[2],
): ReturnType<typeof wordRows> {
  await bringStarter(ctx.db)
  return wordRows(ctx.db, filter, page)
}

/** Adds a word. @throws Refusal invalid, with what is wrong; conflict when it stands there already, or there are too many */
export async function addWrongWord(ctx: Context, user: Principal, given: NewWrongWord): Promise<WrongWord> {
  refuseFault(given)
  await bringStarter(ctx.db)
  const at = new Date(ctx.clock.now())
  return ctx.db.transaction().execute(async (tx) => {
    await turnRevision(tx)
    await refuseKnown(tx, given.wrong, null)
    if ((await countWords(tx)) >= MOST_WORDS) {
      throw new Refusal('conflict', 'wrongWords.tooMany', { values: { most: MOST_WORDS } })
    }
    const { right, ...rest } = given
    const row = await tx
      .insertInto('wrong_word')
      .values({ ...rest, right_form: right, is_built_in: false, changed_at: at, changed_by: user.name })
      .returningAll()
      .executeTakeFirstOrThrow()
    await record(tx, user, 'wrong_word.added', row.id, given, at)
    return toWord(row)
  })
}

/** Changes a word, or switches it on or off. @throws Refusal not_found, invalid; conflict with how it is now */
export async function changeWrongWord(
  ctx: Context,
  user: Principal,
  id: number,
  { version, ...given }: WrongWordEdit,
): Promise<WrongWord> {
  refuseFault(given)
  await bringStarter(ctx.db)
  const at = new Date(ctx.clock.now())
  return ctx.db.transaction().execute(async (tx) => {
    await turnRevision(tx)
    const before = await tx.selectFrom('wrong_word').selectAll().where('id', '=', id).executeTakeFirst()
    if (!before) throw new Refusal('not_found', 'requests.noSuchThing')
    if (before.version !== version) {
      throw new Refusal('conflict', 'wrongWords.changedMeanwhile', { current: toWord(before) })
    }
    await refuseKnown(tx, given.wrong, id)
    const { right, isOn, ...rest } = given
    const row = await tx
      .updateTable('wrong_word')
      .set({
        ...rest,
        right_form: right,
        is_on: isOn,
        changed_at: at,
        changed_by: user.name,
        version: version + 1,
      })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow()
    await record(tx, user, 'wrong_word.changed', id, given, at)
    return toWord(row)
  })
}

/** @throws Refusal invalid */
function refuseFault(given: NewWrongWord): void {
  const fault = faultOf(given)
  if (!fault) return
  const { path, reason, values } = fault
  throw new Refusal('invalid', reason, { values, issues: [{ path: `body.${path}`, reason, values }] })
}

/** @throws Refusal conflict */
async function refuseKnown(tx: Tx, wrong: string, own: number | null): Promise<void> {
  const known = await tx.selectFrom('wrong_word').select('id').where('wrong', '=', wrong).executeTakeFirst()
  if (known && known.id !== own) {
    throw new Refusal('conflict', 'wrongWords.standsThere', { values: { wrong } })
  }
}

function record(
  tx: Tx,
  actor: Principal,
  action: 'wrong_word.added' | 'wrong_word.changed',
  entityId: number,
  given: NewWrongWord,
  at: Date,
): Promise<void> {
  return recordAudit(tx, { at, actor, action, entity: 'wrong_word', entityId, detail: { ...given } })
}
