import { sql } from 'kysely'
import type { Db } from '../../base/db/database.ts'
import type { MarkCount } from '../../monitor/quality/hooks.ts'

/** By rule, how many alerts about sites opened between two instants, and how many of those people called false. */
export async function markedFalse(db: Db, from: Date, to: Date): Promise<MarkCount[]> {
  const { rows } = await sql<Omit<MarkCount, 'kind'>>`
    select rule, count(*)::int as told, (count(*) filter (where false_alarm is not null))::int as refused
    from alert where opened_at >= ${from} and opened_at < ${to} and site_id is not null group by rule`.execute(
    db,
  )
  return rows.map((row) => ({ ...row, kind: 'falseAlarms' }))
}
