import type { Steps } from '../../base/slices.ts'
import { MUTE } from '../html/mute.ts'
import { type Visitor, walk } from '../html/walk.ts'
import { clean } from '../read/page/text.ts'
import { daysIn } from './letters.ts'
import type { MessageWords } from './words.ts'

/** More than any letter with its answer has. */
const MOST_TEXT = 100_000
/** An answer that says anything has so many signs. */
const LEAST_ANSWER = 4

/** Whether the page of a letter shows an answer; null where nothing says. */
export function* answeredOn(html: string, words: MessageWords): Steps<boolean | null> {
  const reader = new TextReader()
  yield* walk(html, reader)
  const text = clean(reader.found, MOST_TEXT)
  if (words.after(text, 'answeredOn').some((said) => daysIn(said.slice(0, 20)).length > 0)) return true
  const answers = words.after(text, 'answer').map((said) => said.trim())
  if (answers.some((said) => isAnswer(said, words))) return true
  const states = words.after(text, 'state').flatMap((said) => words.saysAnswered(said.slice(0, 12)) ?? [])
  if (states.length > 0) return states[0] ?? null
  // The place of the answer is there, and nothing is in it.
  return answers.length > 0 ? false : null
}

/** Some words that are neither the next label nor that there is nothing. */
function isAnswer(said: string, words: MessageWords): boolean {
  const own = said.split(/[\s\uFF1A:]/, 1)[0] ?? ''
  if (own.length < LEAST_ANSWER || words.isNothing(own) || words.saysAnswered(own) === false) return false
  return words.headOf(own) === null
}

class TextReader implements Visitor {
  found = ''
  #mute = 0
  readonly #stack: boolean[] = []

  get isOver(): boolean {
    return this.found.length >= MOST_TEXT
  }

  open(name: string): void {
    const isMute = MUTE.has(name)
    this.#stack.push(isMute)
    if (isMute) this.#mute += 1
    this.found += ' '
  }

  text(text: string): void {
    if (this.#mute === 0) this.found += text
  }

  close(): void {
    if (this.#stack.pop()) this.#mute -= 1
    this.found += ' '
  }
}
