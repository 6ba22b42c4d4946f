import { z } from 'zod'
import { escalationLevel, severity } from '../alerts/alerts.ts'
import { ESCALATION_LEVELS } from '../alerts/alerts-rules.ts'
import { ESCALATION_CLASSES } from './escalation-rules.ts'

export * from './escalation-rules.ts'

export const escalationClass = z.enum(ESCALATION_CLASSES)
export type EscalationClass = z.infer<typeof escalationClass>

const MAX_MINUTES = 60 * 24 * 30
const minutes = z.int().min(1).max(MAX_MINUTES)
/**
 * When a level is called, in minutes since nobody took the alert on: `workMin` in working hours, `offMin` at other
 * times, null when the clock then stands still. Time of both kinds adds up in proportion.
 */
export const escalationStep = z.object({ to: escalationLevel, workMin: minutes, offMin: minutes.nullable() })
export type EscalationStep = z.infer<typeof escalationStep>

const steps = z
  .array(escalationStep)
  .max(ESCALATION_LEVELS.length)
  .refine((list) => list.every((step, n) => n === 0 || follows(list[n - 1], step)), {
    message: 'each step must call a higher level, later than the one before',
  })

function follows(before: EscalationStep | undefined, step: EscalationStep): boolean {
  if (!before) return true
  const isHigher = ESCALATION_LEVELS.indexOf(step.to) > ESCALATION_LEVELS.indexOf(before.to)
  const isLater =
    step.workMin > before.workMin && (step.offMin ?? Number.MAX_VALUE) >= (before.offMin ?? Number.MAX_VALUE)
  return isHigher && isLater
}

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const workingHours = z
  .object({ from: timeOfDay, to: timeOfDay })
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'must be later than the beginning' })

export const escalationPolicy = z.object({
  /** Local time, on working days. */
  workingHours,
  steps: z.record(escalationClass, z.record(severity, steps)),
})
export type EscalationPolicy = z.infer<typeof escalationPolicy>
export const policyInput = z.object({ version: z.int().nonnegative(), policy: escalationPolicy })
