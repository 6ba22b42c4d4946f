import type { Board } from '../../../shared/city/board-rules.ts'
import type { LevelFigures } from '../../../shared/city/level.ts'

/** By group: sites that were down while nobody looked, and that nobody has looked at since. */
export function missedIn({ missed, sites, figures }: Board): ReadonlyMap<string, number> {
  if (figures) return new Map(figures.parts.map(([code, , , n]) => [code, n]))
  const counts = new Map<string, number>()
  for (const siteId of new Set(missed.values())) {
    const district = sites.get(siteId)?.district
    if (district !== undefined) counts.set(district, (counts.get(district) ?? 0) + 1)
  }
  return counts
}

export const isSame = (a: LevelFigures, b: LevelFigures): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Alerts and rectifications of a board that holds what matters most of them. */
const MOST_HELD = 2_000
const LEAST_HELD = 12

/** Whether facts have made such a list too long, or have left less of it than there is to show. */
export function isWorn({ figures, alerts, rectifications }: Board): boolean {
  if (!figures) return false
  const isLong = alerts.size > MOST_HELD || rectifications.size > MOST_HELD
  return isLong || (alerts.size < LEAST_HELD && figures.alerts > LEAST_HELD + alerts.size)
}

/** Brings a list of a board to what was loaded. */
export function refill<T extends { id: number }>(map: Map<number, T>, rows: readonly T[]): void {
  map.clear()
  for (const row of rows) map.set(row.id, row)
}
