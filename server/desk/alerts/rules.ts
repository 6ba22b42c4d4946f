import {
  ALERT_RIGHTS,
  type AlertEvidence,
  type AlertStatus,
  DEFAULT_ACK_MS,
  MAX_ACK_MS,
  MAX_SILENCE_MS,
  RECURRENCE_MS,
  SEVERITIES,
  type Severity,
} from '../../../shared/desk/alerts/alerts.ts'
import type { Rendered } from '../../../shared/monitor/rendering/rendering-rules.ts'
import type { Action } from '../../../shared/people/rights/rights.ts'

/** What the monitor's verdict makes of the alert of one site and rule. */
export type FollowStep = 'open' | 'reopen' | 'raise' | 'ease' | 'resolve'

/** The live alert of a site and rule or, without one, the last that was resolved. */
export interface LastAlert {
  readonly status: AlertStatus
  readonly severity: Severity
  readonly resolvedMs: number | null
}

/** What V2 was judged by. @param rendered how its page was seen; null: that is not said */
export const v2Evidence = (newest: string | null, rendered: Rendered | null): AlertEvidence => ({
  newest,
  ...(newest === null && { reason: 'undated' }),
  ...(rendered && { rendered }),
})

/**
 * What to do with the alert of one site and rule when `wanted` is asked for it.
 * @returns null when it is as it should be.
 */
export function followStep(
  last: LastAlert | undefined,
  wanted: Severity | null,
  nowMs: number,
): FollowStep | null {
  const isLive = last !== undefined && last.status !== 'resolved'
  if (wanted === null) return isLive ? 'resolve' : null
  if (last === undefined) return 'open'
  if (isLive) {
    if (last.severity === wanted) return null
    return SEVERITIES.indexOf(wanted) < SEVERITIES.indexOf(last.severity) ? 'raise' : 'ease'
  }
  return last.resolvedMs !== null && nowMs - last.resolvedMs < RECURRENCE_MS ? 'reopen' : 'open'
}

/** What people do to an alert that another person may have been quicker to do. */
export type AlertCommand = Exclude<keyof typeof ALERT_RIGHTS, 'comment' | 'escalate'> | 'inform'

/** The right that a command needs. A unit informs by the right to acknowledge. */
export const rightTo = (command: AlertCommand): Action =>
  ALERT_RIGHTS[command === 'inform' ? 'acknowledge' : command]

/** Why an alert is no longer what the person saw. */
export type Overtaken = 'acknowledged' | 'resolved' | 'changed'

/** Whether somebody was first: the alert is at another version, or in a state that the command cannot start from. */
export function overtaken(
  alert: { status: AlertStatus; version: number },
  command: AlertCommand,
  version: number,
): Overtaken | null {
  if (alert.status === 'resolved') return 'resolved'
  if (command === 'acknowledge' && alert.status === 'acknowledged') return 'acknowledged'
  if (command === 'unacknowledge' && alert.status === 'open') return 'changed'
  return alert.version === version ? null : 'changed'
}

/** The end of an acknowledgement (epoch ms), or what is wrong with the one asked for. */
export function acknowledgementEnd(until: string | undefined, nowMs: number): number | 'past' | 'too_long' {
  return until === undefined ? nowMs + DEFAULT_ACK_MS : endWithin(until, MAX_ACK_MS, nowMs)
}

/** The end of a silence (epoch ms), or what is wrong with the one asked for. */
export function silenceEnd(until: string, nowMs: number): number | 'past' | 'too_long' {
  return endWithin(until, MAX_SILENCE_MS, nowMs)
}

function endWithin(until: string, longestMs: number, nowMs: number): number | 'past' | 'too_long' {
  const end = Date.parse(until)
  if (end <= nowMs) return 'past'
  return end - nowMs > longestMs ? 'too_long' : end
}
