import { sourceName } from '../../monitor/inspections/inspections-rules.ts'
import type { Alert } from './alerts.ts'

/** What an alert is about, by name: its site, or what its sites share; null where that has none. */
export function alertSubject({ siteName, evidence }: Pick<Alert, 'siteName' | 'evidence'>): string | null {
  const { kind, key = null } = evidence
  if (siteName !== null || kind === 'certificate') return siteName
  return kind === 'source' && key !== null ? sourceName(key) : key
}
