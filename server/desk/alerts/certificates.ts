import { certWarning } from '../../../shared/desk/alerts/alerts.ts'
import type { SiteChange } from './follow.ts'

/**
 * What a certificate asks of its alert: looked at when its days have become fewer, or more.
 * @param before, daysLeft whole days to the earliest end in the chain; null without a certificate.
 */
export function certChange(siteId: number, before: number | null, daysLeft: number | null): SiteChange[] {
  if (daysLeft === before) return []
  const warning = certWarning(daysLeft)
  if (!warning && !certWarning(before)) return []
  const evidence = { days: daysLeft, ...(warning && { within: warning.within }) }
  return [{ siteId, rule: 'CERT', wanted: warning?.severity ?? null, evidence }]
}
