import { cut } from '../../../shared/base/text.ts'
import { CLOSING_NOTICE } from '../../../shared/register/filings/filings-rules.ts'
import type { Steps } from '../../base/slices.ts'
import type { NoticeFound } from '../../register/filings/notices/follow.ts'
import { walk } from '../html/walk.ts'
import { dayOf, scanDates } from './dates/dates.ts'
import { tagOf } from './page/frames.ts'
import { clean } from './page/text.ts'

const MOST_TEXT = 200
/** A run of text without an end is read so far. */
const MOST_RUN = 20_000
const MUTE = new Set(['script', 'style', 'noscript', 'template', 'title'])
const SENTENCE_END = /[。！？!?；;\n]/

/**
 * Looks for the notice that a site closes or moves in what its page shows: a sentence that is about the site and says
 * that it goes, the one that names a day before others. Never throws, whatever is on the page.
 * @param ref local day that counts as today; a day without its year is the next such one.
 */
export function* closingNotice(html: string, ref: string): Steps<NoticeFound | null> {
  const finder = new Finder(ref)
  yield* walk(html, finder)
  return finder.end()
}

class Finder {
  readonly #ref: string
  #run = ''
  #mute = 0
  #found: NoticeFound | null = null

  constructor(ref: string) {
    this.#ref = ref
  }

  get isOver(): boolean {
    return this.#found !== null && this.#found.on !== null
  }

  open(name: string): void {
    if (MUTE.has(name)) this.#mute++
    if (!tagOf(name).isInline) this.end()
  }

  text(text: string): void {
    if (this.#mute === 0 && this.#run.length < MOST_RUN) this.#run += text
  }

  close(name: string): void {
    if (MUTE.has(name)) this.#mute--
    if (!tagOf(name).isInline) this.end()
  }

  /** The run is over: what it says. */
  end(): NoticeFound | null {
    const run = this.#run
    this.#run = ''
    if (!this.isOver && holds(run, CLOSING_NOTICE.says)) {
      for (const sentence of run.split(SENTENCE_END)) this.#take(clean(sentence))
    }
    return this.#found
  }

  #take(sentence: string): void {
    if (this.isOver || !holds(sentence, CLOSING_NOTICE.says) || !holds(sentence, CLOSING_NOTICE.about)) return
    const on = dayIn(sentence, this.#ref)
    if (this.#found === null || on !== null) this.#found = { text: cut(sentence, MOST_TEXT), on }
  }
}

const holds = (text: string, words: readonly string[]): boolean => words.some((word) => text.includes(word))

/** The first whole day that a sentence names. */
function dayIn(sentence: string, ref: string): string | null {
  for (const { form, year, month, day } of scanDates(sentence)) {
    if (form === 'relative') continue
    if (year !== null) return dayOf(year, month, day)
    const here = dayOf(Number(ref.slice(0, 4)), month, day)
    return here >= ref ? here : dayOf(Number(ref.slice(0, 4)) + 1, month, day)
  }
  return null
}
