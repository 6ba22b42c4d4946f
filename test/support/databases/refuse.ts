import { sql } from 'kysely'
import type { Db } from '../../../server/base/db/database.ts'

let serial = 0

/**
 * From now on the database refuses rows of a table for which `when` is true (SQL, of the row `new`), as it refuses what
 * breaks a constraint: for ever.
 * @param condition the name of another condition (SQLSTATE) by which it refuses them.
 * @returns lets them pass again.
 */
export async function refuse(
  db: Db,
  table: string,
  when: string,
  condition = 'check_violation',
): Promise<() => Promise<void>> {
  const name = `refuse_${++serial}`
  await sql
    .raw(`
      create function ${name}() returns trigger language plpgsql as $$
      begin raise exception 'poisoned' using errcode = '${condition}'; end $$`)
    .execute(db)
  await sql
    .raw(`
      create trigger ${name} before insert or update on ${table}
      for each row when (${when}) execute function ${name}()`)
    .execute(db)
  return async () => {
    await sql.raw(`drop trigger ${name} on ${table}`).execute(db)
    await sql.raw(`drop function ${name}()`).execute(db)
  }
}
