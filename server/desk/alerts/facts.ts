import type { NewFact } from '../../../shared/base/facts.ts'
import type { Person } from '../../../shared/base/person.ts'
import type { Alert } from '../../../shared/desk/alerts/alerts.ts'
import type { AlertFactKind } from '../../../shared/desk/alerts/facts.ts'

/**
 * The fact that something was done to an alert.
 * @param alert as it is after that; its row must be locked or changed in this transaction, or the fact could
 * tell of a state that is already past.
 * @param actor null for the monitor.
 * @param text note, reason or comment.
 * @param mentions whom a comment mentions.
 */
export function factOf(
  kind: AlertFactKind,
  alert: Alert,
  actor: Person | null,
  text: string | null,
  now: number,
  mentions: readonly Person[] = [],
): NewFact {
  return {
    at: new Date(now).toISOString(),
    kind,
    siteId: alert.siteId,
    district: alert.district,
    actor: actor && { id: actor.id, name: actor.name },
    data: {
      alert,
      text,
      ...(mentions.length > 0 && { mentions: mentions.map(({ id, name }) => ({ id, name })) }),
    },
  }
}
