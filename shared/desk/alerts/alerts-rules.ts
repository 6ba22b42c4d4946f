import type { Action } from '../../people/rights/rights-rules.ts'
import type { SiteState, Verdict } from '../../register/sites/states.ts'
import type { Alert, Severity } from './alerts.ts'

/**
 * What an alert is about. DOWN: a confirmed failure now; V1, V2, V3: the legal rules and their early warnings;
 * LINKS: broken links, of the home page above all; CERT: a certificate that ends soon; MACHINE: what rules of the machine have found; OUTBOUND: a foreign host
 * that sites link to has been taken over; PLATFORM: sites that fail together for one cause; STALL: sites of
 * which nothing was recorded for three intervals; BEHIND: more visits are asked for than can be made; LINE: the monitor doubts its own line; ASIDE: something that cannot be
 * stored or done was set aside; UNSEEN: too much of what inspections should see could not be measured. The last seven belong to no site.
 */
export const ALERT_RULES = [
  'DOWN',
  'V1',
  'V2',
  'V3',
  'LINKS',
  'CERT',
  'MACHINE',
  'OUTBOUND',
  'PLATFORM',
  'STALL',
  'BEHIND',
  'LINE',
  'ASIDE',
  'UNSEEN',
] as const

/** Rules whose verdicts are to be seen on a page: of what is down, what a browser shows instead. A certificate is on none. */
export const PICTURED_RULES: readonly (typeof ALERT_RULES)[number][] = ['V1', 'V2', 'V3', 'LINKS', 'DOWN']

/** Worst first. */
export const SEVERITIES = ['critical', 'major', 'minor'] as const

export const ALERT_STATUSES = ['open', 'acknowledged', 'resolved'] as const

/** What sites that fail together share. */
export const OUTAGE_KINDS = ['platform', 'address', 'certificate'] as const
export type OutageKind = (typeof OUTAGE_KINDS)[number]
/** And those that rules of the machine have found the same on: its source. */
export const INCIDENT_KINDS = [...OUTAGE_KINDS, 'source'] as const

/** Who is called about an alert that nobody takes on, one after the other (`shared/desk/escalation/escalation.ts`). */
export const ESCALATION_LEVELS = ['unit', 'district', 'workgroup'] as const

/** What the state of a site asks of its alert for one rule: none, or one of this severity. */
export function wantedSeverity(
  rule: 'DOWN' | 'V1' | 'V2' | 'V3',
  facts: { state: SiteState; down: boolean; v1: Verdict; v2: Verdict; v3: Verdict },
): Severity | null {
  if (rule === 'DOWN') return facts.down ? (facts.state === 'dead' ? 'critical' : 'major') : null
  const judged = { V1: facts.v1, V2: facts.v2, V3: facts.v3 }[rule]
  if (judged === 'violated') return 'critical'
  return judged === 'warning' ? 'minor' : null
}

/** Days before the end of a certificate at which it is warned of. */
export const CERT_WARN_DAYS = [1, 7, 14, 30] as const

/**
 * What a certificate chain asks of its alert.
 * @param daysLeft whole days to the earliest end in the chain, negative once it is past; null without one.
 */
export function certWarning(daysLeft: number | null): { severity: Severity; within: number } | null {
  const within = daysLeft === null ? undefined : CERT_WARN_DAYS.find((days) => daysLeft <= days)
  if (within === undefined) return null
  return { severity: within === 1 ? 'critical' : within === 7 ? 'major' : 'minor', within }
}

/**
 * Alerts as people are told of them: those that are part of a shared failure stand behind its one alert, if that
 * is among them (a district sees its own sites only).
 */
export function foldIncidents(alerts: Iterable<Alert>): Alert[] {
  const all = [...alerts]
  const shown = new Set(all.flatMap((one) => (one.rule === 'PLATFORM' ? (one.incidentId ?? []) : [])))
  return all.filter((one) => one.rule === 'PLATFORM' || !one.incidentId || !shown.has(one.incidentId))
}

/** A closed alert that comes back within this time is the same alert again, counted. */
export const RECURRENCE_MS = 24 * 3_600_000
/** How long an acknowledgement holds unless its author says otherwise: half a shift. */
export const DEFAULT_ACK_MS = 4 * 3_600_000
export const MAX_ACK_MS = 7 * 24 * 3_600_000
/** Longest time that nobody is told of an alert; what takes longer is filed downtime. */
export const MAX_SILENCE_MS = 30 * 24 * 3_600_000

/** What people do to an alert, and the right that each needs. */
export const ALERT_RIGHTS = {
  acknowledge: 'alert.acknowledge',
  unacknowledge: 'alert.acknowledge',
  assign: 'alert.assign',
  silence: 'alert.silence',
  unsilence: 'alert.silence',
  comment: 'alert.comment',
  regrade: 'alert.severity',
  merge: 'alert.merge',
  split: 'alert.merge',
  resolve: 'alert.resolve',
  falseAlarm: 'alert.falseAlarm',
  escalate: 'alert.escalate',
} as const satisfies Record<string, Action>

/**
 * Whether somebody takes alerts on for the supervising side. A unit that acknowledges its own alert informs those above,
 * and cannot switch off its own alarm.
 */
export const takesOn = (who: { readonly role: string }): boolean => who.role !== 'unit'
