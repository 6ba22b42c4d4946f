import { sql } from 'kysely'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { dueDay, type Reckoning, reckoningIn } from '../../desk/rectifications/terms/due.ts'
import { recordAudits } from '../../people/audit/record.ts'

export { type Reckoning, reckoningIn }

/** The last day of a letter's first answer, as columns: the day of receipt is day zero. */
export interface LetterTerm {
  readonly due_on: string
  readonly due_provisional: boolean
}

/**
 * @param workdays of its kind, and those that it was extended by
 * @throws Refusal invalid, where no calendar can know the days
 */
export function letterTerm(by: Reckoning, receivedOn: string, workdays: number): LetterTerm {
  const { due, provisional } = dueDay(by, receivedOn, workdays)
  return { due_on: due, due_provisional: provisional }
}

/** Letters that are reckoned again in one transaction. */
const BATCH = 1000

/**
 * Reckons again what rests on another calendar now: the last days of open letters, and those that were provisional. Changes
 * nothing the second time.
 * @param isAll else only those that were provisional
 */
export async function rescheduleLetters(ctx: Pick<Context, 'db' | 'clock'>, isAll: boolean): Promise<void> {
  const by = await reckoningIn(ctx.db, ctx.clock.now())
  for (let after = 0; ; ) {
    const last = await ctx.db.transaction().execute((tx) => rescheduleSome(tx, by, after, isAll))
    if (last === null) return
    after = last
  }
}

async function rescheduleSome(tx: Tx, by: Reckoning, after: number, isAll: boolean): Promise<number | null> {
  const rows = await tx
    .selectFrom('letter')
    .select(['id', 'received_on', 'workdays', 'extended', 'due_on', 'due_provisional'])
    .select(['act_from', 'act_on', 'first_answered_on'])
    .where('id', '>', after)
    .where((eb) =>
      isAll
        ? eb.or([eb('act_on', 'is not', null), eb('due_provisional', '=', true)])
        : eb('due_provisional', '=', true),
    )
    .orderBy('id')
    .limit(BATCH)
    .forUpdate()
    .execute()
  const changes = rows.flatMap((row) => {
    const term = letterTerm(by, row.received_on, row.workdays + (row.extended ?? 0))
    const isAgain = row.first_answered_on !== null && row.act_from !== null
    const again = isAgain && row.act_from ? letterTerm(by, row.act_from, row.workdays).due_on : term.due_on
    const act_on = row.act_on === null ? null : again
    const isSame =
      term.due_on === row.due_on && term.due_provisional === row.due_provisional && act_on === row.act_on
    return isSame ? [] : [{ id: row.id, was: row.due_on, act_on, ...term }]
  })
  if (changes.length > 0) {
    await sql`
      update letter set due_on = n.due_on, due_provisional = n.due_provisional, act_on = n.act_on, version = version + 1
      from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb)
        as n(id int, due_on text, due_provisional boolean, act_on text)
      where letter.id = n.id`.execute(tx)
    await recordAudits(
      tx,
      changes.map(({ id, was, due_on }) => ({
        ...{
          at: new Date(by.now),
          actor: null,
          action: 'letter.rescheduled',
          entity: 'letter',
          entityId: id,
        },
        detail: { was, due: due_on },
      })),
    )
  }
  return rows.length === BATCH ? (rows.at(-1)?.id ?? null) : null
}
