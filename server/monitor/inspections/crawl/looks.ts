import { sql } from 'kysely'
import type { Tx } from '../../../base/db/database.ts'
import '../tables.ts'

/** Draws together when these sites were looked at last, by what each rule said of them. */
export async function noteLooks(tx: Tx, siteIds: readonly number[]): Promise<void> {
  await sql`
    insert into site_look (site_id, looked_at, rules, unmeasured)
    select site_id, max(at), count(*), count(*) filter (where outcome = 'unmeasured') from inspection
    where site_id = any(${[...siteIds]}::int[]) group by site_id
    on conflict (site_id) do update set looked_at = excluded.looked_at, rules = excluded.rules, unmeasured = excluded.unmeasured
  `.execute(tx)
}
