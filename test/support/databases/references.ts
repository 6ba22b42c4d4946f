import { sql } from 'kysely'
import type { Db } from '../../../server/base/db/database.ts'

/** Names of the references of which some rows refer to nothing. */
export async function rowsWithoutParents(db: Db): Promise<string[]> {
  const { rows } = await sql<{
    name: string
    child: string
    parent: string
    own: string[]
    theirs: string[]
  }>`
    select conname as name, conrelid::regclass::text as child, confrelid::regclass::text as parent,
      (select array_agg(quote_ident(attname) order by at) from unnest(conkey) with ordinality as k(num, at)
        join pg_attribute on attrelid = conrelid and attnum = num) as own,
      (select array_agg(quote_ident(attname) order by at) from unnest(confkey) with ordinality as k(num, at)
        join pg_attribute on attrelid = confrelid and attnum = num) as theirs
    from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace and conparentid = 0`.execute(
    db,
  )
  const broken: string[] = []
  for (const { name, child, parent, own, theirs } of rows) {
    const isSame = own.map((column, at) => `child.${column} = parent.${theirs[at]}`).join(' and ')
    const isSet = own.map((column) => `child.${column} is not null`).join(' and ')
    const { rows: lost } = await sql
      .raw(
        `select from ${child} child where ${isSet} and not exists (select from ${parent} parent where ${isSame}) limit 1`,
      )
      .execute(db)
    if (lost.length > 0) broken.push(name)
  }
  return broken
}
