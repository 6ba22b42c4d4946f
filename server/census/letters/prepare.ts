import type { Insertable } from 'kysely'
import type { Person } from '../../../shared/base/person.ts'
import type { LetterPerson, NewLetter } from '../../../shared/census/letters/letters.ts'
import { hotlineOn, type LetterStep } from '../../../shared/census/letters/letters-rules.ts'
import { type Issue, Refusal } from '../../base/refusal.ts'
import type { Reason } from '../../base/words/refusals.ts'
import { markOfPerson, markOfText } from './marks.ts'
import type { LetterStepTable, LetterTable } from './tables.ts'
import { letterTerm, type Reckoning } from './terms.ts'
import './refusals.ts'

/** A department that a letter is given to. */
export interface LetterUnit {
  readonly id: number
  readonly name: string
  readonly district: string
}

/** A letter before it has its number, with its person and what was done about it so far. */
export interface PreparedLetter {
  readonly letter: Omit<Insertable<LetterTable>, 'year' | 'serial'>
  readonly person: (LetterPerson & { readonly mark: string }) | null
  readonly steps: readonly Omit<Insertable<LetterStepTable>, 'letter_id'>[]
}

/**
 * A letter as it is to be stored: with its last day, and with the answer that it has had already.
 * @throws Refusal invalid, for days that cannot be, or of which nobody can know how they are worked
 */
export function preparedLetter(
  by: Reckoning,
  actor: Person,
  via: 'form' | 'import',
  given: NewLetter,
  unit: LetterUnit | null,
): PreparedLetter {
  refuseImpossible(given, by.today, unit)
  const rules = hotlineOn(given.receivedOn)
  const workdays = rules.workdays[given.kind]
  const term = letterTerm(by, given.receivedOn, workdays)
  const at = new Date(by.now)
  const { repliedOn = null, rating = null } = given
  const isAnswered = repliedOn !== null
  const state = isAnswered ? 'answered' : unit ? 'assigned' : 'received'
  const who = { at, actor_id: actor.id, actor_name: actor.name }
  const step = (name: LetterStep | 'record', day: string | null, text: string, more: object = {}) => ({
    ...{ ...who, step: name, on_day: day, text, unit_id: null, unit_name: null, number: null },
    ...more,
  })
  const isNamed = given.person && Object.values(given.person).some((value) => value !== '')
  return {
    letter: {
      ...{ reference: given.reference ?? null, via, kind: given.kind, title: given.title, body: given.body },
      ...{ mark: markOfText(given), state, unit_id: unit?.id ?? null, district: unit?.district ?? null },
      ...{ rules: rules.code, workdays, extended: null, asked: null, asked_by: null },
      ...{ received_on: given.receivedOn, ...term },
      ...{ act_from: isAnswered ? null : given.receivedOn, act_on: isAnswered ? null : term.due_on },
      ...{ first_answered_on: repliedOn, answered_on: repliedOn, reply: given.reply ?? null },
      ...{ reply_by: null, replied_on: null, rating, published_on: given.published ? by.today : null },
      ...{ merged_into: null, site_id: null, fault: null, finding_id: null, created_at: at },
    },
    person: isNamed && given.person ? { ...given.person, mark: markOfPerson(given.person) } : null,
    steps: [
      step('record', given.receivedOn, ''),
      ...(unit
        ? [step('assign', given.transferredOn ?? null, '', { unit_id: unit.id, unit_name: unit.name })]
        : []),
      ...(isAnswered ? [step('reply', repliedOn, given.reply ?? ''), step('approve', repliedOn, '')] : []),
      ...(rating === null ? [] : [step('rate', null, '', { number: rating })]),
      ...(given.published ? [step('publish', null, '')] : []),
    ],
  }
}

type Wrong = Extract<Reason, `letters.${string}`>

/** @throws Refusal invalid, with every field that is wrong */
function refuseImpossible(given: NewLetter, today: string, unit: LetterUnit | null): void {
  const { receivedOn, transferredOn, repliedOn, reply, rating, published } = given
  const issues: Issue[] = []
  const wrong = (path: keyof NewLetter, reason: Wrong) => issues.push({ path, reason, values: {} })
  if (receivedOn > today) wrong('receivedOn', 'letters.receivedAhead')
  if (transferredOn && transferredOn < receivedOn) wrong('transferredOn', 'letters.transferredBefore')
  if (transferredOn && transferredOn > today) wrong('transferredOn', 'letters.dayAhead')
  if (transferredOn && !unit) wrong('unitId', 'letters.unitOfTransfer')
  if (repliedOn && repliedOn < receivedOn) wrong('repliedOn', 'letters.repliedBefore')
  else if (repliedOn && transferredOn && repliedOn < transferredOn)
    wrong('repliedOn', 'letters.repliedBeforeTransfer')
  if (repliedOn && repliedOn > today) wrong('repliedOn', 'letters.dayAhead')
  if (repliedOn && !unit) wrong('unitId', 'letters.unitOfReply')
  if (reply && !repliedOn) wrong('repliedOn', 'letters.dayOfReply')
  if (rating !== undefined && !repliedOn) wrong('rating', 'letters.ratedUnanswered')
  if (published && !repliedOn) wrong('published', 'letters.publishedUnanswered')
  const [first] = issues
  if (first && 'reason' in first) throw new Refusal('invalid', first.reason, { issues })
}
