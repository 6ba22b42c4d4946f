import { sql } from 'kysely'
import type { Context } from '../base/context.ts'

/** So many rows of a table are let come together; of a large one no more than are gone through in a moment, as pieces of pictures are. */
const PART = sql`least(0.2 * n_live_tup, 10000)`

interface Untidy {
  /** As SQL has it. */
  readonly table: string
  /** Rows that are no more take room in it and its indexes, or there are many new ones. */
  readonly worn: boolean
  /** The planner knows it as it was long ago. */
  readonly changed: boolean
}

/**
 * Does in the embedded database, which has no autovacuum, what that does in a PostgreSQL, by the same measure: the room of rows that
 * are no more is used again, and the planner learns what there is. Of a table that is read from its oldest rows on, all that
 * ever were would else be stepped over each time. Table by table, what is kept beside one for itself, so that others have their turns
 * in between.
 */
export async function tidy({ db, log }: Pick<Context, 'db' | 'log'>): Promise<void> {
  const { rows } = await sql<Untidy>`
    select * from (
      select format('%I.%I', schemaname, relname) as "table",
        n_dead_tup > 50 + ${PART} or n_ins_since_vacuum > 1000 + ${PART} as worn,
        n_mod_since_analyze > 50 + 0.1 * n_live_tup and left(schemaname, 3) <> 'pg_' as changed
      from pg_stat_all_tables
    ) as known
    where worn or changed`.execute(db)
  for (const { table, worn, changed } of rows) {
    try {
      if (worn) await sql`vacuum (process_toast false) ${sql.raw(table)}`.execute(db)
      if (changed) await sql`analyze ${sql.raw(table)}`.execute(db)
    } catch (error) {
      // Such as a day of visits that was packed meanwhile.
      log.warn({ err: error, table }, 'a table could not be tidied')
    }
  }
}
