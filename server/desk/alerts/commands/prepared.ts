import type { Updateable, UpdateObject } from 'kysely'
import type { Alert, AlertStatus } from '../../../../shared/desk/alerts/alerts.ts'
import type { AlertFactKind } from '../../../../shared/desk/alerts/facts.ts'
import type { AuditAction } from '../../../../shared/people/audit/audit.ts'
import type { Principal } from '../../../../shared/people/rights/rights.ts'
import type { Database } from '../../../base/db/database.ts'
import type { Refusal } from '../../../base/refusal.ts'
import type { AlertCommand } from '../rules.ts'
import type { AlertTable } from '../tables.ts'

/** A command that can be carried out, on any alert that it is allowed on. */
export interface Prepared {
  readonly action: AlertCommand
  readonly kind: AlertFactKind & AuditAction
  /** Note, reason or comment, for the fact. */
  readonly text: string | null
  /** What becomes of an alert in this status. */
  set(status: AlertStatus): UpdateObject<Database, 'alert'>
  /** Why this alert in particular cannot have it, apart from rights and being overtaken. */
  refuse?(alert: Alert): Refusal | null
  /** Incidents that have another size then. */
  readonly incidentIds?: readonly number[]
}

/** What becomes of an alert that somebody takes on. */
export function acknowledged(
  user: Principal,
  now: number,
  until: number,
  note: string | null,
): Updateable<AlertTable> {
  return {
    status: 'acknowledged',
    acknowledged_by: user.id,
    acknowledged_at: new Date(now),
    acknowledged_until: new Date(until),
    note,
    forgotten_by: null,
    forgotten_at: null,
  }
}
