import { sql } from 'kysely'
import type { Level } from '../../../shared/register/sites/sites.ts'
import type { Db } from '../../base/db/database.ts'

/** The levels of these sites, by id. */
export async function levelsOf(db: Db, siteIds: readonly number[]): Promise<Map<number, Level>> {
  if (siteIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('site')
    .select(['id', 'level'])
    .where(sql<boolean>`id = any(${siteIds}::int[])`)
    .execute()
  return new Map(rows.map((row) => [row.id, row.level]))
}
