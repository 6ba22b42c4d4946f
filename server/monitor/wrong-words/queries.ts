import { type Selectable, sql } from 'kysely'
import { groupBy } from '../../../shared/base/lists/group.ts'
import type { WrongWord } from '../../../shared/monitor/wrong-words/wrong-words.ts'
import type { WordKind } from '../../../shared/monitor/wrong-words/wrong-words-rules.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import type { BookWord } from './book.ts'
import type { WrongWordTable } from './tables.ts'

export interface WordFilter {
  readonly q?: string | undefined
  readonly kind?: WordKind | undefined
  readonly state?: 'on' | 'off' | undefined
}

/** A page of the dictionary, in the order in which words came. */
export async function wordRows(
  db: Db,
  filter: WordFilter,
  page: { readonly limit: number; readonly after: number | undefined },
): Promise<{ items: WrongWord[]; total: number }> {
  let matching = db.selectFrom('wrong_word')
  if (filter.kind) matching = matching.where('kind', '=', filter.kind)
  if (filter.state) matching = matching.where('is_on', '=', filter.state === 'on')
  if (filter.q) {
    const pattern = `%${filter.q.replace(/[\\%_]/g, '\\$&')}%`
    matching = matching.where(
      sql<boolean>`(wrong ilike ${pattern} or right_form ilike ${pattern} or note ilike ${pattern})`,
    )
  }
  const { total } = await matching
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await matching
    .where('id', '>', page.after ?? 0)
    .selectAll()
    .orderBy('id')
    .limit(page.limit)
    .execute()
  return { items: rows.map(toWord), total }
}

export function toWord(row: Selectable<WrongWordTable>): WrongWord {
  return {
    ...{
      id: row.id,
      kind: row.kind,
      wrong: row.wrong,
      right: row.right_form,
      near: row.near,
      apart: row.apart,
    },
    ...{ note: row.note, isOn: row.is_on, isBuiltIn: row.is_built_in, version: row.version },
    ...{ changedAt: row.changed_at?.toISOString() ?? null, changedBy: row.changed_by },
  }
}

/** The words that are looked for, each with the places in which it is right wherever they stand. @param refused those of all words */
export async function wordsOn(db: Db | Tx, refused: readonly string[]): Promise<BookWord[]> {
  const rows = await db
    .selectFrom('wrong_word')
    .select(['id', 'kind', 'wrong', 'right_form as right', 'near', 'apart'])
    .where('is_on', '=', true)
    .orderBy('id')
    .execute()
  const ofWord = groupBy(refused, (key) => key.slice(0, key.lastIndexOf(':')))
  return rows.map((row) => ({ ...row, refused: ofWord.get(row.wrong) ?? [] }))
}

/** How often the dictionary was changed. */
export async function bookRevision(db: Db | Tx): Promise<number> {
  const row = await db.selectFrom('wrong_word_book').select('revision').where('id', '=', 1).executeTakeFirst()
  return row?.revision ?? 0
}

/** Whoever changes words holds this until the end of the transaction: changes come one after the other. */
export async function turnRevision(tx: Tx): Promise<void> {
  await tx
    .insertInto('wrong_word_book')
    .values({ id: 1, revision: 1 })
    .onConflict((on) => on.column('id').doUpdateSet({ revision: sql`wrong_word_book.revision + 1` }))
    .execute()
}

/** A row of a sheet as it is stored. */
export interface WordRow {
  readonly kind: WordKind
  readonly wrong: string
  readonly right: string
  readonly near: readonly string[]
  readonly apart: readonly string[]
  readonly note: string
}

export interface Stored {
  readonly created: number
  readonly changed: number
}

/** Adds words and changes those that are there and say something else; what is equal is left. */
export async function storeWords(tx: Tx, rows: readonly WordRow[], by: string, at: Date): Promise<Stored> {
  const { rows: told } = await sql<Stored>`
    with given as (
      select kind, wrong, "right", note, array(select jsonb_array_elements_text(near)) as near,
        array(select jsonb_array_elements_text(apart)) as apart
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w(kind text, wrong text, "right" text, near jsonb, apart jsonb, note text)
    ), stored as (
      insert into wrong_word as w (kind, wrong, right_form, near, apart, note, changed_at, changed_by)
      select kind, wrong, "right", near, apart, note, ${at}::timestamptz, ${by} from given
      on conflict (wrong) do update set kind = excluded.kind, right_form = excluded.right_form, near = excluded.near,
        apart = excluded.apart, note = excluded.note, is_on = true, changed_at = excluded.changed_at,
        changed_by = excluded.changed_by, version = w.version + 1
      where (w.kind, w.right_form, w.near, w.apart, w.note, w.is_on)
        is distinct from (excluded.kind, excluded.right_form, excluded.near, excluded.apart, excluded.note, true)
      returning version
    )
    select count(*) filter (where version = 1)::int as created, count(*) filter (where version > 1)::int as changed from stored
  `.execute(tx)
  return told[0] ?? { created: 0, changed: 0 }
}

export async function countWords(tx: Tx): Promise<number> {
  const { n } = await tx
    .selectFrom('wrong_word')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return n
}
