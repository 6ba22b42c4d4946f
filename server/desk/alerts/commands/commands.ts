import { sql } from 'kysely'
import { localDay } from '../../../../shared/base/time.ts'
import { type Severity, takesOn } from '../../../../shared/desk/alerts/alerts.ts'
import type { Principal } from '../../../../shared/people/rights/rights.ts'
import type { Tx } from '../../../base/db/database.ts'
import { Refusal } from '../../../base/refusal.ts'
import { type MergeCommand, prepareMerge, prepareSplit, type SplitCommand } from '../incidents/membership.ts'
import { acknowledgementEnd, silenceEnd } from '../rules.ts'
import { type AssignCommand, prepareAssign } from './assignment.ts'
import { informing, takingBack } from './inform.ts'
import { acknowledged, type Prepared } from './prepared.ts'

/** What a person wants done to one or many alerts. */
export type Command =
  | { action: 'acknowledge'; note?: string | undefined; until?: string | undefined }
  | { action: 'unacknowledge'; note?: string | undefined }
  | AssignCommand
  | { action: 'silence'; until: string; reason: string }
  | { action: 'unsilence'; note?: string | undefined }
  | { action: 'regrade'; severity: Severity; reason: string }
  | MergeCommand
  | SplitCommand
  | { action: 'resolve'; note: string }
  | { action: 'falseAlarm'; reason: string; updatedOn?: string | undefined }

/** Checks what a command says by itself. @throws Refusal invalid */
export async function prepare(
  tx: Tx,
  user: Principal,
  alertIds: readonly number[],
  command: Command,
  now: number,
): Promise<Prepared> {
  switch (command.action) {
    case 'acknowledge':
      return prepareAcknowledge(user, command, now)
    case 'assign':
      return prepareAssign(tx, user, command, now)
    case 'unacknowledge':
      if (!takesOn(user)) return takingBack(command.note || null)
      return {
        action: 'unacknowledge',
        kind: 'alert.unacknowledged',
        text: command.note || null,
        set: () => OPEN,
      }
    case 'regrade':
      return prepareRegrade(command)
    case 'merge':
      return prepareMerge(tx, user, alertIds, command)
    case 'split':
      return prepareSplit(tx, alertIds, command)
    case 'falseAlarm':
      return prepareFalseAlarm(user, command, now)
    case 'silence':
      return prepareSilence(command, now)
    case 'unsilence': {
      const set = { silenced_until: null, silence_reason: null }
      return {
        action: 'unsilence',
        kind: 'alert.unsilenced',
        text: command.note || null,
        refuse: (alert) =>
          alert.silencedUntil === null ? new Refusal('invalid', 'alerts.notSilenced') : null,
        set: () => set,
      }
    }
    case 'resolve': {
      const set = { status: 'resolved', resolved_at: new Date(now), resolved_by: user.id } as const
      return { action: 'resolve', kind: 'alert.resolved', text: command.note, set: () => set }
    }
  }
}

function prepareAcknowledge(
  user: Principal,
  { note, until }: { note?: string | undefined; until?: string | undefined },
  now: number,
): Prepared {
  const end = acknowledgementEnd(until, now)
  if (end === 'past') throw inThePast()
  if (end === 'too_long') {
    throw new Refusal('invalid', 'alerts.acknowledgementHolds7DaysMost')
  }
  const text = note || null
  if (!takesOn(user)) return informing(user, now, end, text)
  const set = acknowledged(user, now, end, text)
  return { action: 'acknowledge', kind: 'alert.acknowledged', text, set: () => set }
}

const OPEN = {
  status: 'open',
  acknowledged_by: null,
  acknowledged_at: null,
  acknowledged_until: null,
  note: null,
} as const

function prepareRegrade({ severity, reason }: { severity: Severity; reason: string }): Prepared {
  const monitors = sql<Severity>`coalesce(monitor_severity, severity)`
  const set = { severity, monitor_severity: sql<Severity | null>`nullif(${monitors}, ${severity})` }
  return {
    action: 'regrade',
    kind: 'alert.regraded',
    text: reason,
    set: () => set,
    refuse: (alert) =>
      alert.severity === severity ? new Refusal('invalid', 'alerts.severityAlready') : null,
  }
}

function prepareFalseAlarm(
  user: Principal,
  { reason, updatedOn }: { reason: string; updatedOn?: string | undefined },
  now: number,
): Prepared {
  if (updatedOn !== undefined && updatedOn > localDay(now)) {
    throw new Refusal('invalid', 'common.dayMustNotLieFuture')
  }
  const kept = sql`(select max(id) from site_evidence where site_evidence.site_id = alert.site_id)`
  const set = {
    status: 'resolved',
    resolved_at: new Date(now),
    resolved_by: user.id,
    false_alarm: sql<string>`jsonb_build_object(
      'reason', ${reason}::text, 'updatedOn', ${updatedOn ?? null}::text, 'evidenceId', ${kept})`,
  } as const
  return {
    action: 'falseAlarm',
    kind: 'alert.falsified',
    text: reason,
    set: () => set,
    refuse: (alert) =>
      alert.rule === 'V2' && updatedOn === undefined
        ? new Refusal('invalid', 'alerts.falseV2AlarmNeedsNewest')
        : null,
  }
}

function prepareSilence({ until, reason }: { until: string; reason: string }, now: number): Prepared {
  const end = silenceEnd(until, now)
  if (end === 'past') throw inThePast()
  if (end === 'too_long') {
    throw new Refusal('invalid', 'alerts.silenceLasts30DaysMost')
  }
  const set = { silenced_until: new Date(end), silence_reason: reason }
  return { action: 'silence', kind: 'alert.silenced', text: reason, set: () => set }
}

const inThePast = () => new Refusal('invalid', 'common.endMustLieFuture')
