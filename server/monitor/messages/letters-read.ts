import { messageRulesOn } from '../../../shared/monitor/messages/messages-rules.ts'
import type { Steps } from '../../base/slices.ts'
import { FILLED_LATER } from '../columns/list.ts'
import type { Reading } from '../read/read.ts'
import { answeredOn } from './answer.ts'
import { type LetterList, lettersOn } from './letters.ts'
import { messageWords } from './words.ts'

/** What a page says of letters. */
export interface LettersRead extends LetterList {
  /** A script fills it in the browser: what is in it was not seen. */
  readonly isDrawn: boolean
  /** As the page of one letter: whether it shows an answer; null where nothing says. */
  readonly isAnswered: boolean | null
}

/** Reads a page of a message column, or of a letter. @param today local day */
export function* lettersRead({ text, finding }: Reading, url: string, today: string): Steps<LettersRead> {
  const words = messageWords(messageRulesOn(today))
  const list = yield* lettersOn(text, url, today, words)
  const isEmpty = list.letters.length === 0
  const isDrawn = finding.reason === 'drawn_by_script' || (isEmpty && FILLED_LATER.test(text))
  return { ...list, isDrawn, isAnswered: yield* answeredOn(text, words) }
}
