import type { Generated } from 'kysely'
import type {
  RectificationPause,
  RectificationSource,
  Stage,
  Verification,
} from '../../../shared/desk/rectifications/rectifications.ts'
import type { Json, Once } from '../../base/db/database.ts'

export interface RectificationTable {
  id: Generated<number>
  site_id: number
  unit_id: number
  stage: Stage
  assignee_id: number | null
  raised_by: number | null
  raised_at: Once<Date>
  due_on: string
  due_workdays: number
  submitted_at: Date | null
  submitted_note: string | null
  closed_at: Date | null
  returned_count: number
  relapses: number
  overridden: boolean
  verification: Json<Verification> | null
  source: Generated<RectificationSource>
  /** What it is about, beside the rules of its alerts. */
  rule: string | null
  problem: string | null
  reference: string | null
  incident_id: number | null
  batch_id: number | null
  at_risk_on: string | null
  pause: Json<RectificationPause> | null
  paused_workdays: Generated<number>
  /** The due day of which it was told that it comes near, and that it is over. */
  told_at_risk: string | null
  told_overdue: string | null
  /** Of a term in hours: when it ends, and how many they are; null of one in working days. */
  due_at: Date | null
  due_hours: number | null
  /** Of a term in working days: so many of them after this day; null of before that was kept. */
  due_from: string | null
  due_in: number | null
  /** Some year of it was not announced when it was reckoned. */
  due_provisional: Generated<boolean>
  /** When it was first given to somebody, and first taken on; null: that never happened. */
  assigned_at: Generated<Date | null>
  accepted_at: Generated<Date | null>
  /** By which change of the calendar it was reckoned. */
  calendar_revision: Generated<number>
  version: number
}

/** More time or a pause that somebody asks for; at most one of a rectification is open. */
export interface RectificationRequestTable {
  id: Generated<number>
  rectification_id: Once<number>
  kind: Once<'extend' | 'pause'>
  until: Once<string>
  reason: Once<string>
  asked_by: Once<number>
  asked_at: Once<Date>
  state: 'open' | 'granted' | 'refused' | 'withdrawn' | 'lapsed'
  answered_by: Generated<number | null>
  answered_at: Generated<Date | null>
  answer: Generated<string | null>
}

export interface RectificationAlertTable {
  rectification_id: number
  alert_id: number
}

declare module '../../base/db/database.ts' {
  interface Database {
    rectification_request: RectificationRequestTable
    rectification: RectificationTable
    rectification_alert: RectificationAlertTable
  }
}
