import { sql } from 'kysely'
import starter from '../../../shared/monitor/wrong-words/starter.json' with { type: 'json' }
import type { WordKind } from '../../../shared/monitor/wrong-words/wrong-words-rules.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { inSlices } from '../../base/slices.ts'
import { type Book, buildBook } from './book.ts'

interface Word {
  readonly kind: WordKind
  readonly wrong: string
  readonly right: string
  readonly near?: readonly string[]
  readonly apart?: readonly string[]
}

const WORDS = (starter.words as readonly Word[]).map(({ near = [], apart = [], ...word }) => ({
  ...{ ...word, near, apart },
}))

let ready: Promise<Book> | null = null

/** The words that the program brings as a dictionary by themselves, whatever the office has made of them. */
export function starterBook(): Promise<Book> {
  ready ??= inSlices(
    buildBook(
      'starter',
      WORDS.map((word, at) => ({ id: at + 1, refused: [], ...word })),
    ),
  )
  return ready
}

/** The words that the program brings are in the dictionary from the first time that anybody asks for it. */
export async function bringStarter(db: Db): Promise<void> {
  const known = await db.selectFrom('wrong_word_book').select('id').where('id', '=', 1).executeTakeFirst()
  if (!known) await db.transaction().execute(bringInto)
}

async function bringInto(tx: Tx): Promise<void> {
  const first = await tx
    .insertInto('wrong_word_book')
    .values({ id: 1, revision: 1 })
    .onConflict((on) => on.doNothing())
    .returning('id')
    .executeTakeFirst()
  // Somebody else has brought them meanwhile.
  if (!first) return
  await sql`
    insert into wrong_word (kind, wrong, right_form, near, apart, is_built_in)
    select kind, wrong, "right", array(select jsonb_array_elements_text(near)), array(select jsonb_array_elements_text(apart)), true
    from jsonb_to_recordset(${JSON.stringify(WORDS)}::jsonb) as w(kind text, wrong text, "right" text, near jsonb, apart jsonb)
    on conflict (wrong) do nothing
  `.execute(tx)
}
