import {
  LETTER_STEP_NAMES,
  LETTER_STEPS,
  type LetterState,
  type LetterStep,
  OPEN_STATES,
} from '../../../shared/census/letters/letters-rules.ts'
import { covers, may, type Principal, unitIdsOf } from '../../../shared/people/rights/rights.ts'

type Who = Pick<Principal, 'id' | 'role' | 'scope'>

/** The part of a letter that decides what may be done with it, and by whom. */
export interface LetterFacts {
  readonly state: LetterState
  readonly unit_id: number | null
  readonly district: string | null
  readonly joint_unit_ids: readonly number[]
  readonly extended: number | null
  readonly asked: number | null
  readonly asked_by: number | null
  readonly first_answered_on: string | null
  readonly reply_by: number | null
  readonly rating: number | null
  readonly published_on: string | null
  readonly merged_into: number | null
  readonly site_id: number | null
  readonly has_person: boolean
  /** Who has written asked for what is known of them to be deleted, and it was. */
  readonly is_forgotten: boolean
}

/**
 * Since when everybody may read it; null: nobody may. What is personal in a letter is hidden by what is known of who has written:
 * once they are forgotten, it is nobody's to read, whatever was published before.
 */
export const publicSince = ({
  published_on,
  is_forgotten,
}: Pick<LetterFacts, 'published_on' | 'is_forgotten'>): string | null => (is_forgotten ? null : published_on)

/** What somebody may do with a letter that they see. */
export const letterStepsFor = (letter: LetterFacts, who: Who): LetterStep[] =>
  LETTER_STEP_NAMES.filter(
    (step) => isTheirs(letter, who, step) && isNext(letter, step) && isOther(letter, who, step),
  )

/** Whether the letter is at this step, whoever asks. */
export function isNext(letter: LetterFacts, step: LetterStep): boolean {
  const from: readonly LetterState[] = LETTER_STEPS[step].from
  if (!from.includes(letter.state) || (letter.merged_into !== null && step !== 'forget')) return false
  const isFirst = letter.first_answered_on === null
  if (step === 'ask') return isFirst && letter.extended === null && letter.asked === null
  if (step === 'extend') return isFirst && letter.extended === null
  if (step === 'decline') return letter.asked !== null
  if (step === 'merge') return isFirst
  if (step === 'publish') return letter.published_on === null && !letter.is_forgotten
  if (step === 'unpublish') return publicSince(letter) !== null
  if (step === 'rate') return letter.rating === null
  if (step === 'link') return letter.site_id === null
  if (step === 'forget') return letter.has_person
  return true
}

/** Whether it is for somebody to do, by right and place. */
export function isTheirs(letter: LetterFacts, who: Who, step: LetterStep): boolean {
  const { needs } = LETTER_STEPS[step]
  if (!may(who, needs)) return false
  if (step === 'contribute') return unitIdsOf(who.scope).some((id) => letter.joint_unit_ids.includes(id))
  // Who may give a letter to anybody passes it on instead.
  if (step === 'return' && who.scope.kind === 'city') return false
  // Who may give more time need not ask for it.
  if (step === 'ask' && may(who, 'letter.assign')) return false
  return covers(who.scope, { district: letter.district, unitId: letter.unit_id })
}

/** Nobody decides on what they have written or asked for themselves. */
export function isOther({ reply_by, asked_by }: LetterFacts, who: Who, step: LetterStep): boolean {
  if (step === 'revise' || step === 'approve') return reply_by !== who.id
  if (step === 'extend' || step === 'decline') return asked_by !== who.id
  return true
}

/** Who has written is for those who handle it: the department and those above it, while it is handled; else the working group. */
export function seesPerson(letter: LetterFacts, who: Who): boolean {
  if (who.scope.kind === 'city') return may(who, 'letter.forget')
  if (!OPEN_STATES.includes(letter.state) && letter.state !== 'answered') return false
  const isJoint = unitIdsOf(who.scope).some((id) => letter.joint_unit_ids.includes(id))
  return (
    may(who, 'letter.answer') &&
    (isJoint || covers(who.scope, { district: letter.district, unitId: letter.unit_id }))
  )
}
