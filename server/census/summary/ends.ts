import { addDays, lastDayOfMonth } from '../../../shared/base/time.ts'
import type { Db } from '../../base/db/database.ts'
import { lastKept } from './sheets.ts'

/** The last days of months of which sheets are kept; of the current one, so far. Months without one are left out. */
export async function endsOf(db: Db, months: readonly string[], today: string): Promise<Map<string, string>> {
  const yesterday = addDays(today, -1)
  const lastOf = (month: string) => {
    const last = lastDayOfMonth(month)
    return last < yesterday ? last : yesterday
  }
  const kept = await lastKept(db, [...new Set(months.map(lastOf))])
  return new Map(
    months.flatMap((month) => {
      const day = kept.get(lastOf(month))
      return day === undefined ? [] : [[month, day] as const]
    }),
  )
}
