import { z } from 'zod'
import { person } from './users.ts'

/**
 * The stages of a rectification (整改). `submitted`: the unit says that it is fixed and the monitor has not looked
 * yet; `verifying`: it has looked and goes on looking; only the monitor closes or, with the right, a person
 * who overrides it.
 */
export const STAGES = [
  'raised',
  'assigned',
  'accepted',
  'submitted',
  'verifying',
  'returned',
  'closed',
] as const
export const stage = z.enum(STAGES)
export type Stage = z.infer<typeof stage>

export const STEPS = ['assign', 'accept', 'submit', 'return', 'extend', 'override'] as const
export const step = z.enum(STEPS)
export type Step = z.infer<typeof step>

/** From which stages a person may take a step. */
export const STEP_FROM: Record<Step, readonly Stage[]> = {
  assign: ['raised', 'assigned', 'accepted', 'returned'],
  accept: ['raised', 'assigned', 'returned'],
  submit: ['raised', 'assigned', 'accepted', 'returned'],
  return: ['submitted', 'verifying'],
  extend: ['raised', 'assigned', 'accepted', 'returned'],
  override: ['raised', 'assigned', 'accepted', 'submitted', 'verifying', 'returned'],
}

export function canTake(stage: Stage, step: Step): boolean {
  return STEP_FROM[step].includes(stage)
}

/**
 * Why a fix was closed or returned; the figures stand beside it in the verification. `good_share_decaying`:
 * enough good visits in a row, while the failed share of the last 7 days (V1) still has to fall by itself.
 */
export const VERIFICATION_RESULTS = [
  'good_visits',
  'good_share_decaying',
  'page_updated',
  'good_and_updated',
  'down_again',
  'still_dormant',
  'overridden',
  'returned_by_person',
  'relapsed',
] as const
export type VerificationResult = (typeof VERIFICATION_RESULTS)[number]

/** What the monitor has measured since the fix was submitted. */
export const verification = z.object({
  goodVisits: z.int(),
  neededVisits: z.int(),
  /** Why it was closed or returned, as a code with its figures. */
  result: z.string().nullable(),
  cause: z.string().nullable(),
  newest: z.string().nullable(),
  share: z.number().nullable(),
})
export type Verification = z.infer<typeof verification>

export const rectification = z.object({
  id: z.int(),
  siteId: z.int(),
  siteName: z.string(),
  district: z.string(),
  unitId: z.int(),
  unit: z.string(),
  alertIds: z.array(z.int()),
  rules: z.array(z.string()),
  stage,
  assignee: person.nullable(),
  raisedBy: person.nullable(),
  raisedAt: z.iso.datetime(),
  /** Last Shanghai day on which it is in time. */
  dueOn: z.string(),
  dueWorkdays: z.int(),
  submittedAt: z.iso.datetime().nullable(),
  submittedNote: z.string().nullable(),
  closedAt: z.iso.datetime().nullable(),
  returnedCount: z.int(),
  relapses: z.int(),
  overridden: z.boolean(),
  verification: verification.nullable(),
  version: z.int(),
})
export type Rectification = z.infer<typeof rectification>

/** Past its due day and not closed. A fix that waits for the monitor was submitted in time or late, once. */
export function isOverdue(
  fix: Pick<Rectification, 'stage' | 'dueOn' | 'submittedAt'>,
  today: string,
): boolean {
  if (fix.stage === 'closed' || fix.stage === 'submitted' || fix.stage === 'verifying') return false
  return today > fix.dueOn
}

/** A site that fails by the same rule within this time of being closed has relapsed (整改一阵风). */
export const RELAPSE_DAYS = 30
/** Good visits in a row that the monitor wants after "fixed", unless configured. */
export const VERIFY_GOOD_VISITS = 20

const version = z.int().positive()
const text = z.string().trim().max(2000)

export const raiseInput = z.object({
  alertIds: z.array(z.int()).min(1).max(50),
  unitId: z.int().optional(),
  assigneeId: z.int().optional(),
  dueWorkdays: z.int().min(1).max(250).default(10),
})
export const stepInput = {
  assign: z.object({ version, assigneeId: z.int() }),
  accept: z.object({ version }),
  submit: z.object({ version, note: text.optional() }),
  return: z.object({ version, reason: text.min(1) }),
  extend: z.object({ version, dueWorkdays: z.int().min(1).max(250), reason: text.min(1) }),
  override: z.object({ version, reason: text.min(1) }),
} as const satisfies Record<Step, z.ZodType>

/** Progress as wall, desk and reports show it. Closed counts those of the last 90 days. */
export const progress = z.object({
  raised: z.int(),
  closed: z.int(),
  overdue: z.int(),
  returned: z.int(),
  verifying: z.int(),
})
export type Progress = z.infer<typeof progress>
