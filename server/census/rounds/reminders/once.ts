import { sql } from 'kysely'
import type { Tx } from '../../../base/db/database.ts'
import './tables.ts'

/** Soon, the day or hour itself, and past it; who has missed a step is told the latest alone. */
export type Step = 'before' | 'day' | 'overdue'
export type What = 'submission' | 'review' | 'zero' | 'roster' | 'letter'

export interface Due {
  readonly what: What
  readonly ref: string
  readonly step: Step
}

/**
 * Those that were not reminded of before at this step: who asks has the steps to tell, in the transaction that does. Of
 * several processes that ask at once, one has each.
 */
export async function firstTime<T extends Due>(tx: Tx, due: readonly T[], at: Date): Promise<T[]> {
  if (due.length === 0) return []
  const given = JSON.stringify(due.map(({ what, ref, step }) => ({ what, ref, step })))
  const { rows } = await sql<Due>`
    insert into census_reminder (what, ref, step, at)
    select what, ref, step, ${at}::timestamptz from jsonb_to_recordset(${given}::jsonb) as one(what text, ref text, step text)
    order by what, ref, step
    on conflict do nothing returning what, ref, step
  `.execute(tx)
  const fresh = new Set(rows.map((row) => keyOf(row)))
  return due.filter((one) => fresh.has(keyOf(one)))
}

const keyOf = ({ what, ref, step }: Due): string => JSON.stringify([what, ref, step])
