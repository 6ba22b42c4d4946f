import type { Alert } from '../../../../shared/desk/alerts/alerts.ts'
import { type Handling, handlingOf } from '../triage.ts'

export const GROUPINGS = ['none', 'incident', 'district', 'platform'] as const
export type AlertGrouping = (typeof GROUPINGS)[number]

/** How many of some alerts are handled how. */
export function countHandlings(alerts: readonly Alert[], nowMs: number): Record<Handling, number> {
  const counts = { open: 0, acknowledged: 0, silenced: 0, resolved: 0 }
  for (const alert of alerts) counts[handlingOf(alert, nowMs)] += 1
  return counts
}
