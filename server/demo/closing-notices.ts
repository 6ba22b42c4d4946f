import type { Db } from '../base/db/database.ts'

/** Has the sites of the fleet say that they close or move, of which the monitor knows a notice that is up. */
export async function putUpNotices(db: Db, controlPort: number): Promise<void> {
  const rows = await db
    .selectFrom('filing_notice as n')
    .innerJoin('filing as f', 'f.id', 'n.filing_id')
    .innerJoin('site', 'site.id', 'f.site_id')
    .select(['site.code', 'n.text'])
    .where('site.demo', '=', true)
    .where('f.ended_at', 'is', null)
    .where('n.since', 'is not', null)
    .where('n.missing_at', 'is', null)
    .execute()
  for (const body of rows) {
    await fetch(`http://127.0.0.1:${controlPort}/__fleet/notice`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  }
}
