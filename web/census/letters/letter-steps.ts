import type { LetterDetail } from '../../../shared/census/letters/letters.ts'
import type { LetterStep } from '../../../shared/census/letters/letters-rules.ts'

/** What a step asks for besides a remark; of those in `REASONED` the remark is a reason, and has to be there. */
export type LetterField = 'unit' | 'workdays' | 'text' | 'rating' | 'site' | 'into'
const FIELD: Partial<Record<LetterStep, LetterField>> = {
  ...{ assign: 'unit', transfer: 'unit', join: 'unit', ask: 'workdays', extend: 'workdays' },
  ...{ reply: 'text', rate: 'rating', link: 'site', merge: 'into' },
}
const REASONED: readonly LetterStep[] = [
  ...(['return', 'contribute', 'ask', 'extend'] as const),
  ...(['decline', 'revise', 'unpublish', 'reopen', 'forget'] as const),
]

export const letterFieldOf = (step: LetterStep): LetterField | null => FIELD[step] ?? null
export const isReasoned = (step: LetterStep): boolean => REASONED.includes(step)

/** What comes next for whoever looks: the one filled button. */
const NEXT: readonly LetterStep[] = ['assign', 'contribute', 'reply', 'approve', 'close']

export const nextOf = ({ may }: Pick<LetterDetail, 'may'>): LetterStep | null =>
  NEXT.find((step) => may.includes(step)) ?? null

/** The endpoint of each step. */
export const LETTER_CALLS = {
  assign: 'assignLetter',
  transfer: 'transferLetter',
  return: 'returnLetter',
  join: 'joinLetter',
  contribute: 'contributeLetter',
  ask: 'askLetter',
  extend: 'extendLetter',
  decline: 'declineLetter',
  reply: 'replyLetter',
  revise: 'reviseLetter',
  approve: 'approveLetter',
  publish: 'publishLetter',
  unpublish: 'unpublishLetter',
  rate: 'rateLetter',
  close: 'closeLetter',
  reopen: 'reopenLetter',
  link: 'linkLetter',
  merge: 'mergeLetter',
  forget: 'forgetLetter',
} as const satisfies Record<LetterStep, string>
