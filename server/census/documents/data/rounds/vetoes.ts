import { sql } from 'kysely'
import type { Db } from '../../../../base/db/database.ts'

/** The vetoes in the sheets that were kept of sites for a day, by site; none where none was kept. */
export async function vetoesOn(
  db: Db,
  sites: readonly { readonly siteId: number }[],
  day: string,
): Promise<Map<number, string[]>> {
  if (sites.length === 0) return new Map()
  const rows = await db
    .selectFrom('sheet')
    .select(['site_id', 'vetoes'])
    .where(sql<boolean>`site_id = any(${sites.map(({ siteId }) => siteId)}::int[])`)
    .where('from_day', '<=', day)
    .where('to_day', '>=', day)
    .orderBy('from_day')
    .execute()
  return new Map(rows.map(({ site_id, vetoes }) => [site_id, vetoes]))
}
