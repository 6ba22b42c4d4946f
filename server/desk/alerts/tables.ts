import type { ColumnType, Generated } from 'kysely'
import type {
  AlertEvidence,
  AlertRule,
  AlertStatus,
  EscalationLevel,
  FalseAlarm,
  Severity,
} from '../../../shared/desk/alerts/alerts.ts'
import type { Json, Once } from '../../base/db/database.ts'

export interface AlertTable {
  id: Generated<number>
  site_id: number | null
  /** The incident that a PLATFORM alert is of, or that a DOWN alert is part of. */
  incident_id: Generated<number | null>
  rule: AlertRule
  severity: Severity
  status: AlertStatus
  opened_at: Date
  acknowledged_by: number | null
  acknowledged_at: Date | null
  acknowledged_until: Date | null
  note: string | null
  assignee_id: number | null
  silenced_until: Date | null
  silence_reason: string | null
  resolved_at: Date | null
  resolved_by: number | null
  recurrences: number
  evidence: Json<AlertEvidence>
  /** The monitor's, where a person has set `severity`. */
  monitor_severity: Generated<Severity | null>
  assigned_unit_id: Generated<number | null>
  /** Whose acknowledgement ran out, and when, until somebody acknowledges again. */
  forgotten_by: Generated<number | null>
  forgotten_at: Generated<Date | null>
  /** Its own unit has said that it knows, and until when it has it in hand. */
  informed_by: Generated<number | null>
  informed_at: Generated<Date | null>
  informed_until: Generated<Date | null>
  informed_note: Generated<string | null>
  false_alarm: ColumnType<FalseAlarm | null, string | null | undefined, string | null>
  /** The incident that a person split it from: it is not joined to that one again. */
  apart_from: Generated<number | null>
  /** Since when nobody has it; null: somebody has. Which severity its next step is for, and when that is due. */
  escalation_since: Generated<Date | null>
  escalation_for: Generated<Severity | null>
  escalation_next_at: Generated<Date | null>
  /** Who was called last, and when. */
  escalation_level: Generated<EscalationLevel | null>
  escalated_at: Generated<Date | null>
  /** An outage that came and went while nobody looked. */
  missed: Generated<boolean>
  /** Who looked first since it opened, and when. */
  seen_by: Generated<number | null>
  seen_at: Generated<Date | null>
  version: number
}

/** Whom a comment mentions. */
export interface AlertMentionTable {
  alert_id: Once<number>
  user_id: Once<number>
  by_id: Once<number>
  at: Once<Date>
}

declare module '../../base/db/database.ts' {
  interface Database {
    alert: AlertTable
    alert_mention: AlertMentionTable
  }
}
