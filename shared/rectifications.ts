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

export const STEPS = [
  'assign',
  'accept',
  'submit',
  'confirm',
  'return',
  'extend',
  'pause',
  'resume',
  'override',
] as const
export const step = z.enum(STEPS)
export type Step = z.infer<typeof step>

/** Somebody has work to do, and the clock runs. */
export const WORKING_STAGES = [
  'raised',
  'assigned',
  'accepted',
  'returned',
] as const satisfies readonly Stage[]

/** From which stages a person may take a step. */
export const STEP_FROM: Record<Step, readonly Stage[]> = {
  assign: WORKING_STAGES,
  accept: ['raised', 'assigned', 'returned'],
  submit: WORKING_STAGES,
  confirm: ['submitted', 'verifying'],
  return: ['submitted', 'verifying'],
  extend: WORKING_STAGES,
  pause: WORKING_STAGES,
  resume: WORKING_STAGES,
  override: ['raised', 'assigned', 'accepted', 'submitted', 'verifying', 'returned'],
}

/** Where a fix comes from: what the monitor saw, what somebody checked, announced or reported, or a person. */
export const FIX_SOURCES = ['alert', 'incident', 'check', 'circular', 'hotline', 'hand'] as const
export const fixSource = z.enum(FIX_SOURCES)
export type FixSource = z.infer<typeof fixSource>

/** Rules that a fix without an alert may be about. Of OTHER the monitor can tell nothing: a person checks it. */
export const HAND_RULES = ['DOWN', 'V1', 'V2', 'V3', 'LINKS', 'CERT', 'OTHER'] as const
export const handRule = z.enum(HAND_RULES)

/** Whether a person, and not the monitor, has to look whether it is fixed. */
export function isCheckedByPerson(fix: { readonly rules: readonly string[] }): boolean {
  return fix.rules.length > 0 && fix.rules.every((rule) => rule === 'OTHER')
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
  'columns_updated',
  'links_mended',
  'down_again',
  'still_dormant',
  'columns_still_stale',
  'links_still_broken',
  'overridden',
  'returned_by_person',
  'confirmed_by_person',
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
  /** The visit that it rests on; null until there was one, and for fixes of before this was kept. */
  measuredAt: z.iso.datetime().nullable().default(null),
})
export type Verification = z.infer<typeof verification>

/** The clock stands still through `until`: the fix waits for somebody else. */
export const fixPause = z.object({
  since: z.string(),
  until: z.string(),
  /** Working days by which the due day has moved. */
  workdays: z.int(),
  reason: z.string(),
  by: person,
})
export type FixPause = z.infer<typeof fixPause>

export const rectification = z.object({
  id: z.int(),
  siteId: z.int(),
  siteName: z.string(),
  district: z.string(),
  unitId: z.int(),
  unit: z.string(),
  alertIds: z.array(z.int()),
  rules: z.array(z.string()),
  source: fixSource,
  /** What is wrong, in the words of who raised it; null where alerts say it. */
  problem: z.string().nullable(),
  /** Number or title of the check, circular or report that it comes from. */
  reference: z.string().nullable(),
  incidentId: z.int().nullable(),
  /** The first of those that were raised together, one a site; null for one by itself. */
  batchId: z.int().nullable(),
  stage,
  assignee: person.nullable(),
  raisedBy: person.nullable(),
  raisedAt: z.iso.datetime(),
  /** Last Shanghai day on which it is in time. */
  dueOn: z.string(),
  /** All that it was given; those that it was paused for are not among them. */
  dueWorkdays: z.int(),
  /** The day on which four fifths of the working days are used. */
  atRiskOn: z.string(),
  /** The last pause, if it is not over yet or has ended by itself. */
  pause: fixPause.nullable(),
  pausedWorkdays: z.int(),
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

/** Whether the clock stands still on this day. */
export function isPaused(fix: Pick<Rectification, 'pause'>, today: string): boolean {
  return fix.pause !== null && today <= fix.pause.until
}

/** Four fifths of its working days are used, and the due day is not over. */
export function isAtRisk(
  fix: Pick<Rectification, 'stage' | 'dueOn' | 'atRiskOn' | 'pause'>,
  today: string,
): boolean {
  const isWorking = WORKING_STAGES.some((stage) => stage === fix.stage)
  return isWorking && !isPaused(fix, today) && fix.atRiskOn <= today && today <= fix.dueOn
}

/** Working days that all pauses of a fix may come to. */
export const MAX_PAUSED_WORKDAYS = 60

/** Why a step that its stage allows cannot be taken with this fix today; null where nothing speaks against it. */
export function objectionTo(
  fix: Rectification,
  step: Step,
  today: string,
): 'paused' | 'not_paused' | 'overdue' | 'monitor_closes' | null {
  if (step === 'confirm') return isCheckedByPerson(fix) ? null : 'monitor_closes'
  if (step === 'resume') return isPaused(fix, today) ? null : 'not_paused'
  if (step !== 'pause') return null
  if (isOverdue(fix, today)) return 'overdue'
  return isPaused(fix, today) ? 'paused' : null
}

/** The steps that may follow, whoever takes them. */
export function nextSteps(fix: Rectification, today: string): Step[] {
  return STEPS.filter((step) => canTake(fix.stage, step) && objectionTo(fix, step, today) === null)
}

/** A site that fails by the same rule within this time of being closed has relapsed (整改一阵风). */
export const RELAPSE_DAYS = 30
/** Good visits in a row that the monitor wants after "fixed", unless configured. */
export const VERIFY_GOOD_VISITS = 20

const version = z.int().positive()
const text = z.string().trim().max(2000)
const dueWorkdays = z.int().min(1).max(250).default(10)

export const raiseInput = z.object({
  alertIds: z.array(z.int()).min(1).max(50),
  unitId: z.int().optional(),
  assigneeId: z.int().optional(),
  dueWorkdays,
})

/** Fixes of many sites at once, each of its own unit: those of an incident, or sites named by hand. */
export const raiseManyInput = z.discriminatedUnion('source', [
  z.object({ source: z.literal('incident'), incidentId: z.int(), dueWorkdays }),
  z.object({
    source: fixSource.extract(['check', 'circular', 'hotline', 'hand']),
    siteIds: z.array(z.int()).min(1).max(200),
    rule: handRule,
    problem: text.min(1),
    reference: z.string().trim().max(200).optional(),
    dueWorkdays,
  }),
])
export type RaiseManyInput = z.output<typeof raiseManyInput>
export const raiseManyResult = z.object({
  batchId: z.int().nullable(),
  items: z.array(rectification),
  /** Sites that have such a fix already, or for which there is nobody to give one to. */
  refused: z.array(z.object({ siteId: z.int(), siteName: z.string(), message: z.string() })),
})

export const stepInput = {
  assign: z.object({ version, assigneeId: z.int() }),
  accept: z.object({ version }),
  submit: z.object({ version, note: text.optional() }),
  confirm: z.object({ version, note: text.min(1) }),
  return: z.object({ version, reason: text.min(1) }),
  extend: z.object({ version, dueWorkdays: z.int().min(1).max(250), reason: text.min(1) }),
  pause: z.object({ version, until: z.iso.date(), reason: text.min(1) }),
  resume: z.object({ version }),
  override: z.object({ version, reason: text.min(1) }),
} as const satisfies Record<Step, z.ZodType>

const items = z
  .array(z.object({ id: z.int(), version }))
  .min(1)
  .max(200)
export const bulkFixInput = z.discriminatedUnion('step', [
  z.object({ step: z.literal('assign'), items, assigneeId: z.int() }),
  z.object({ step: z.literal('accept'), items }),
  z.object({ step: z.literal('extend'), items, dueWorkdays: z.int().min(1).max(250), reason: text.min(1) }),
])
export const bulkFixResult = z.object({
  results: z.array(
    z.object({
      id: z.int(),
      ok: z.boolean(),
      code: z.string().optional(),
      message: z.string().optional(),
      rectification: rectification.optional(),
    }),
  ),
})

/** Progress as wall, desk and reports show it. Closed counts those of the last 90 days. */
export const progress = z.object({
  raised: z.int(),
  closed: z.int(),
  overdue: z.int(),
  returned: z.int(),
  verifying: z.int(),
})
export type Progress = z.infer<typeof progress>
