import { addDays, localDay, MINUTE, timeOn } from '../../base/time.ts'
import type { AlertRule, Severity } from '../alerts/alerts.ts'
import { ESCALATION_LEVELS, SEVERITIES } from '../alerts/alerts-rules.ts'
import type { EscalationClass, EscalationPolicy, EscalationStep } from './escalation.ts'

/** What happens now (outages) presses by the clock; what counts in days (the legal rules) in working hours. */
export const ESCALATION_CLASSES = ['now', 'legal'] as const

const LEGAL: readonly AlertRule[] = ['V1', 'V2', 'V3', 'LINKS', 'CERT', 'MACHINE']
/** Which steps an alert of this rule goes through. */
export const classOf = (rule: AlertRule): EscalationClass => (LEGAL.includes(rule) ? 'legal' : 'now')

const three = (unit: number, district: number, workgroup: number, offHours: number | null) =>
  ESCALATION_LEVELS.map((to, n): EscalationStep => {
    const workMin = [unit, district, workgroup][n] ?? 1
    return { to, workMin, offMin: offHours === null ? null : workMin * offHours }
  })

/** In force until somebody sets another. A working day has eight hours. */
export const DEFAULT_POLICY: EscalationPolicy = {
  workingHours: { from: '09:00', to: '17:00' },
  steps: {
    now: {
      critical: three(15, 30, 60, 2),
      major: three(30, 120, 240, 2),
      minor: three(240, 480, 960, null),
    },
    legal: {
      critical: three(240, 480, 960, null),
      major: three(480, 960, 1440, null),
      minor: three(960, 1920, 2400, null),
    },
  },
}

/** Worst first, as the policy's table has them. */
export const POLICY_ROWS: readonly { readonly of: EscalationClass; readonly severity: Severity }[] =
  ESCALATION_CLASSES.flatMap((of) => SEVERITIES.map((severity) => ({ of, severity })))

/** Whether a local day is worked. */
export type IsWorkday = (day: string) => boolean

/** No step is looked for longer than this: a clock that stands still for ever never rings. */
const HORIZON_DAYS = 120

/**
 * When a step is due, for an alert that nobody takes on since `sinceMs` (epoch ms).
 * @returns epoch ms; null when it is not within 120 days.
 */
export function stepDueMs(
  step: EscalationStep,
  sinceMs: number,
  policy: Pick<EscalationPolicy, 'workingHours'>,
  isWorkday: IsWorkday,
): number | null {
  let left = 1
  let atMs = sinceMs
  const last = addDays(localDay(sinceMs), HORIZON_DAYS)
  for (let day = localDay(sinceMs); day <= last; day = addDays(day, 1)) {
    for (const { untilMs, isWork } of stretches(day, policy.workingHours, isWorkday)) {
      if (untilMs <= atMs) continue
      const minutesFor = isWork ? step.workMin : step.offMin
      if (minutesFor !== null) {
        const dueMs = atMs + left * minutesFor * MINUTE
        if (dueMs <= untilMs) return Math.round(dueMs)
        left -= (untilMs - atMs) / (minutesFor * MINUTE)
      }
      atMs = untilMs
    }
  }
  return null
}

interface Stretch {
  readonly untilMs: number
  readonly isWork: boolean
}

/** A day in its stretches of one kind, in order. */
function stretches(
  day: string,
  { from, to }: EscalationPolicy['workingHours'],
  isWorkday: IsWorkday,
): Stretch[] {
  const end: Stretch = { untilMs: timeOn(day, '24:00'), isWork: false }
  if (!isWorkday(day)) return [end]
  return [{ untilMs: timeOn(day, from), isWork: false }, { untilMs: timeOn(day, to), isWork: true }, end]
}
