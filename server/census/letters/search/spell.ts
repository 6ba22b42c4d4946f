import { sql } from 'kysely'
import type { Context } from '../../../base/context.ts'
import type { Db } from '../../../base/db/database.ts'
import { type Jobs, queue } from '../../../base/jobs.ts'
import { lettersOf } from '../../../base/search/letters.ts'
import { compact, piecesOf } from '../../../base/search/pieces.ts'
import './tables.ts'

const SPELLING = queue('letters.spell')
const AT_ONCE = 1_000
/** Letters of one statement: a few milliseconds that nobody notices. */
const SLICE = 50

/**
 * Makes letters findable that are not yet. Two who do it at once do some twice, which changes nothing.
 * @param most so many at most
 * @returns how many were looked at
 */
export async function spellLetters(db: Db, most: number): Promise<number> {
  const noted = await db.selectFrom('letter_unspelled').select('letter_id').limit(most).execute()
  for (let at = 0; at < noted.length; at += SLICE) {
    const ids = noted.slice(at, at + SLICE).map(({ letter_id: id }) => id)
    const rows = await db.selectFrom('letter').select(['id', 'title']).where('id', 'in', ids).execute()
    const spelled = rows.map(({ id, title }) => {
      const letters = lettersOf(title)
      return { letter_id: id, title: compact(title), letters, pieces: piecesOf(title, letters) }
    })
    await db.transaction().execute(async (tx) => {
      if (spelled.length > 0) {
        await tx
          .insertInto('letter_searched')
          .values(spelled)
          .onConflict((on) => on.doNothing())
          .execute()
      }
      await sql`delete from letter_unspelled where letter_id = any(${ids}::int[])`.execute(tx)
    })
  }
  return noted.length
}

/** Makes all letters findable that are not yet. @returns how many */
export async function spellAllLetters(db: Db): Promise<number> {
  let count = 0
  for (;;) {
    const spelled = await spellLetters(db, AT_ONCE)
    count += spelled
    if (spelled < AT_ONCE) return count
  }
}

/** What came by form or as a file can be found soon after. */
export async function startSpellingLetters(ctx: Context, jobs: Jobs): Promise<void> {
  await jobs.work(SPELLING, 1, async () => {
    const spelled = await spellAllLetters(ctx.db)
    if (spelled > 0) ctx.log.info({ spelled }, 'letters can be found by their titles and by pinyin')
  })
  await jobs.every('* * * * *', SPELLING)
}
