import type { WordImport } from '../../../shared/monitor/wrong-words/wrong-words.ts'
import {
  MOST_UNPACKED_WORDS,
  MOST_WORDS,
  MOST_WRONG_ROWS,
} from '../../../shared/monitor/wrong-words/wrong-words-rules.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { inSlices } from '../../base/slices.ts'
import { readSheet } from '../../people/accounts/import-sheet.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { countWords, type Stored, storeWords, turnRevision, type WordRow } from './queries.ts'
import { readWords, type WrongRow } from './rows.ts'
import { bringStarter } from './starter.ts'

/** Takes back what was done. */
class Undo extends Error {}

/** Rows of one statement. */
const AT_ONCE = 5_000

/** What came of a sheet; why a row is wrong is said in words at the edge. */
export type ImportedWords = Omit<WordImport, 'wrongRows'> & { readonly wrongRows: readonly WrongRow[] }

/**
 * Loads words by a sheet: those that are there are changed, the others added, none is taken away; rows that are wrong are
 * told and left out. In one transaction; a dry run does the same and takes it back. The same sheet twice changes nothing.
 * @throws Refusal invalid (no sheet of words), too_large; conflict when there would be too many words
 */
export async function importWords(
  ctx: Context,
  by: Principal,
  bytes: Buffer,
  isDry: boolean,
): Promise<ImportedWords> {
  const lines = await readSheet(bytes, MOST_UNPACKED_WORDS)
  const { rows, wrongRows, ignored } = await inSlices(readWords(lines))
  const stored = await inOne(ctx, by, rows, isDry)
  return {
    ...stored,
    same: rows.length - stored.created - stored.changed,
    refused: wrongRows.length,
    wrongRows: wrongRows.slice(0, MOST_WRONG_ROWS),
    ignored: [...ignored],
    applied: !isDry,
  }
}

async function inOne(ctx: Context, by: Principal, rows: readonly WordRow[], isDry: boolean): Promise<Stored> {
  await bringStarter(ctx.db)
  const at = new Date(ctx.clock.now())
  let done: Stored = { created: 0, changed: 0 }
  try {
    await ctx.db.transaction().execute(async (tx) => {
      await turnRevision(tx)
      done = await storeAll(tx, rows, by.name, at)
      if ((await countWords(tx)) > MOST_WORDS) {
        throw new Refusal('conflict', 'wrongWords.tooMany', { values: { most: MOST_WORDS } })
      }
      if (isDry) throw new Undo()
      const detail = { ...done, rows: rows.length }
      await recordAudit(tx, {
        at,
        actor: by,
        action: 'wrong_word.loaded',
        entity: 'wrong_word',
        entityId: null,
        detail,
      })
    })
  } catch (error) {
    if (!(error instanceof Undo)) throw error
  }
  return done
}

async function storeAll(tx: Tx, rows: readonly WordRow[], by: string, at: Date): Promise<Stored> {
  let [created, changed] = [0, 0]
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const stored = await storeWords(tx, rows.slice(from, from + AT_ONCE), by, at)
    created += stored.created
    changed += stored.changed
  }
  return { created, changed }
}
