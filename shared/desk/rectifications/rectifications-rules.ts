import { localDay } from '../../base/time.ts'
import { riskMsOf } from './deadlines-rules.ts'
import type { Rectification, Stage, Step } from './rectifications.ts'

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
  'ask',
  'withdraw',
  'answer',
] as const

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
  ask: WORKING_STAGES,
  withdraw: WORKING_STAGES,
  answer: WORKING_STAGES,
}

/** Where a rectification comes from: what the monitor saw, what somebody checked, announced or reported, or a person. */
export const FIX_SOURCES = ['alert', 'incident', 'check', 'circular', 'hotline', 'hand'] as const

/** Whether a person, and not the monitor, has to look whether it is fixed. */
export function isCheckedByPerson(rectification: { readonly rules: readonly string[] }): boolean {
  return rectification.rules.length > 0 && rectification.rules.every((rule) => rule === 'OTHER')
}

export function canTake(stage: Stage, step: Step): boolean {
  return STEP_FROM[step].includes(stage)
}

/**
 * Why a rectification was closed or returned; the figures stand beside it in the verification. `good_share_decaying`:
 * enough good visits in a row, while the failed share of the last 7 days (V1) still has to fall by itself.
 */
export const VERIFICATION_RESULTS = [
  'good_visits',
  'good_share_decaying',
  'page_updated',
  'good_and_updated',
  'columns_updated',
  'links_mended',
  'problems_gone',
  'down_again',
  'still_dormant',
  'columns_still_stale',
  'links_still_broken',
  'problems_still_there',
  'overridden',
  'returned_by_person',
  'confirmed_by_person',
  'relapsed',
] as const
export type VerificationResult = (typeof VERIFICATION_RESULTS)[number]

/** What says when a rectification is late. */
export type Due = Pick<Rectification, 'dueOn'> & Partial<Pick<Rectification, 'dueAt' | 'dueHours'>>

/** Whether a term is over at `at` (epoch ms): to the minute where it is one of hours. */
export function isPastDue({ dueOn, dueAt }: Due, at: number): boolean {
  return dueAt ? at > Date.parse(dueAt) : localDay(at) > dueOn
}

/** Past its due day and not closed. A rectification that waits for the monitor was submitted in time or late, once. */
export function isOverdue(rectification: Pick<Rectification, 'stage'> & Due, now: number): boolean {
  if (
    rectification.stage === 'closed' ||
    rectification.stage === 'submitted' ||
    rectification.stage === 'verifying'
  )
    return false
  return isPastDue(rectification, now)
}

/** Whether the clock stands still now (epoch ms). */
export function isPaused(rectification: Pick<Rectification, 'pause'>, now: number): boolean {
  return rectification.pause !== null && localDay(now) <= rectification.pause.until
}

/** Four fifths of its time are used, and the due day is not over. */
export function isAtRisk(
  rectification: Pick<Rectification, 'stage' | 'atRiskOn' | 'pause'> & Due,
  now: number,
): boolean {
  const isWorking = WORKING_STAGES.some((stage) => stage === rectification.stage)
  if (!isWorking || isPaused(rectification, now) || isPastDue(rectification, now)) return false
  if (rectification.dueAt)
    return now >= Date.parse(rectification.dueAt) - riskMsOf(rectification.dueHours ?? 0)
  return rectification.atRiskOn <= localDay(now)
}

/** What may be asked for. */
export const REQUEST_KINDS = ['extend', 'pause'] as const

/** Working days that all pauses of a rectification may come to. */
export const MAX_PAUSED_WORKDAYS = 60

/** Why a step that its stage allows cannot be taken with this rectification now (epoch ms); null where nothing speaks against it. */
export function objectionTo(
  rectification: Rectification,
  step: Step,
  now: number,
): 'paused' | 'not_paused' | 'overdue' | 'monitor_closes' | 'asked' | 'not_asked' | null {
  if (step === 'ask') return rectification.request ? 'asked' : null
  if (step === 'withdraw' || step === 'answer') return rectification.request ? null : 'not_asked'
  if (step === 'confirm') return isCheckedByPerson(rectification) ? null : 'monitor_closes'
  if (step === 'resume') return isPaused(rectification, now) ? null : 'not_paused'
  if (step !== 'pause') return null
  if (isOverdue(rectification, now)) return 'overdue'
  return isPaused(rectification, now) ? 'paused' : null
}

/** The steps that may follow, whoever takes them. */
export function nextSteps(rectification: Rectification, now: number): Step[] {
  return STEPS.filter(
    (step) => canTake(rectification.stage, step) && objectionTo(rectification, step, now) === null,
  )
}

/** A site that fails by the same rule within this time of being closed has relapsed (整改一阵风). */
export const RELAPSE_DAYS = 30
/** Good visits in a row that the monitor wants after "fixed", unless configured. */
export const VERIFY_GOOD_VISITS = 20
