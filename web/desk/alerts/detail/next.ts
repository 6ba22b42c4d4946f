import type { Alert } from '../../../../shared/desk/alerts/alerts.ts'
import { isSilenced } from '../triage.ts'

/** What is to be done about an alert, as a word of `alerts.next`. */
export type NextStep =
  | 'open'
  | 'platform'
  | 'outbound'
  | 'found'
  | 'source'
  | 'monitor'
  | 'informed'
  | 'acknowledged'
  | 'raised'
  | 'rectification'
  | 'silenced'
  | 'resolved'

/** The first of these that holds. @param now ms */
export function nextOf(
  alert: Pick<
    Alert,
    'status' | 'rule' | 'siteId' | 'rectificationId' | 'silencedUntil' | 'informed' | 'evidence'
  >,
  now: number,
): NextStep {
  if (alert.status === 'resolved') return 'resolved'
  if (isSilenced(alert, now)) return 'silenced'
  const isTaken = alert.status === 'acknowledged'
  if (alert.rectificationId !== null) return isTaken ? 'rectification' : 'raised'
  if (isTaken) return 'acknowledged'
  if (alert.informed) return 'informed'
  if (alert.rule === 'PLATFORM') return alert.evidence.kind === 'source' ? 'source' : 'platform'
  if (alert.rule === 'MACHINE') return 'found'
  if (alert.rule === 'OUTBOUND') return 'outbound'
  return alert.siteId === null ? 'monitor' : 'open'
}
