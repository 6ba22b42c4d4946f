import type { Selectable } from 'kysely'
import type { ZodType } from 'zod'
import type { Fact } from '../../../shared/base/facts.ts'
import { alert } from '../../../shared/desk/alerts/alerts.ts'
import { siteFacts } from '../../../shared/monitor/standing/facts.ts'
import type { Db } from '../../base/db/database.ts'
import { asStored, rowsAfter } from '../../base/facts/log.ts'
import type { FactTable } from '../../base/facts/tables.ts'

/** Facts after number `seq`, oldest first, at most `limit`. */
export async function factsAfter(db: Db, seq: number, limit: number): Promise<Fact[]> {
  return (await rowsAfter(db, seq, limit)).map(toFact)
}

/** A row of the log as the fact that was told. */
export function toFact(row: Selectable<FactTable>): Fact {
  const fact = asStored(row)
  return { ...fact, data: dataOf(fact.data) } as Fact
}

function dataOf(data: Fact['data']): Fact['data'] {
  if ('after' in data) return { ...data, after: asKnown(siteFacts, data.after) }
  return 'alert' in data ? { ...data, alert: asKnown(alert, data.alert) } : data
}

/**
 * What a fact of long ago does not say is as the schema has it. What a later version says that we do not know, a new rule perhaps,
 * is passed on as it is: one row of the log that cannot be read would stop everything behind it, here and after going back.
 */
export function asKnown<T>(schema: ZodType<T>, told: T): T {
  const { success, data } = schema.safeParse(told)
  return success ? data : told
}
