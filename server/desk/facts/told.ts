import type { Selectable } from 'kysely'
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

/** What a fact of long ago does not say is as the schema has it. */
function dataOf(data: Fact['data']): Fact['data'] {
  if ('after' in data) return { ...data, after: siteFacts.parse(data.after) }
  return 'alert' in data ? { ...data, alert: alert.parse(data.alert) } : data
}
