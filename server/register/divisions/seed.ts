import { sql } from 'kysely'
import type { Db, Tx } from '../../base/db/database.ts'
import { ensureGroups, findArea } from './area.ts'
import { chinaDivisions, chinaVersion } from './china.ts'

/**
 * Brings divisions and groups to what this version of the program has: names may be others, and an installation of
 * before there were divisions has none for its own groups.
 */
export async function ensurePlaces(db: Db): Promise<void> {
  await ensureDivisions(db)
  if (await findArea(db)) await db.transaction().execute((tx) => ensureGroups(tx))
}

const KEY = 'divisions'
/** Rows of one statement. */
const BATCH = 5_000

/**
 * Brings the divisions that the program knows into the table, once for each of their versions. What somebody has
 * added or corrected stays as it is. Several processes may do it at once.
 */
export async function ensureDivisions(db: Db): Promise<void> {
  const version = await chinaVersion()
  const known = await db.selectFrom('setting').select('value').where('key', '=', KEY).executeTakeFirst()
  if (known?.value === version) return
  const divisions = await chinaDivisions()
  await db.transaction().execute(async (tx) => {
    for (let from = 0; from < divisions.length; from += BATCH) {
      await bring(tx, JSON.stringify(divisions.slice(from, from + BATCH)))
    }
    await tx
      .insertInto('setting')
      .values({ key: KEY, value: JSON.stringify(version) })
      .onConflict((on) => on.column('key').doUpdateSet({ value: JSON.stringify(version) }))
      .execute()
  })
}

async function bring(tx: Tx, batch: string): Promise<void> {
  await sql`
    insert into division (code, name, name_en, level, parent, successor)
    select r.code, r.name, r."nameEn", r.level, r.parent, r.successor
    from jsonb_to_recordset(${batch}::jsonb)
      as r(code text, name text, "nameEn" text, level text, parent text, successor text)
    on conflict (code) do update set name = excluded.name, name_en = excluded.name_en, level = excluded.level,
      parent = excluded.parent, successor = excluded.successor
    where not division.edited and (division.name, division.name_en, division.level, division.parent, division.successor)
      is distinct from (excluded.name, excluded.name_en, excluded.level, excluded.parent, excluded.successor)
  `.execute(tx)
}
