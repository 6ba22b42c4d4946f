import type { Selectable } from 'kysely'
import type { Fact } from '../../../shared/base/facts.ts'
import type { Db } from '../db/database.ts'
import type { FactTable } from './tables.ts'

/** Facts after number `seq`, oldest first, at most `limit`, word for word: one of long ago may say less than facts do now. */
export async function storedAfter(db: Db, seq: number, limit: number): Promise<Fact[]> {
  return (await rowsAfter(db, seq, limit)).map(asStored)
}

/** The rows themselves. */
export const rowsAfter = (db: Db, seq: number, limit: number) =>
  db.selectFrom('fact').selectAll().where('seq', '>', seq).orderBy('seq').limit(limit).execute()

/** The number of the last fact that is committed. */
export async function lastSeq(db: Db): Promise<number> {
  const row = await db.selectFrom('fact_counter').select('seq').where('id', '=', 1).executeTakeFirstOrThrow()
  return row.seq
}

/**
 * Which fact a number is of: a log that goes back, to a standby that was behind or to a backup, goes on from there, and the same
 * numbers come to be of others.
 */
export const markOf = ({ seq, at, kind, siteId }: Fact): string => `${seq} ${at} ${kind} ${siteId}`

/** The mark of fact `seq`; null: there is none of that number. */
export async function markAt(db: Db, seq: number): Promise<string | null> {
  const [fact] = await storedAfter(db, seq - 1, 1)
  return fact?.seq === seq ? markOf(fact) : null
}

/** A row of the log word for word: a fact of long ago may say less than facts do now. */
export function asStored(row: Selectable<FactTable>): Fact {
  return {
    seq: row.seq,
    at: row.at.toISOString(),
    kind: row.kind,
    siteId: row.site_id,
    district: row.district,
    actor: row.actor_id === null ? null : { id: row.actor_id, name: row.actor_name ?? '' },
    data: row.data,
  } as Fact
}
