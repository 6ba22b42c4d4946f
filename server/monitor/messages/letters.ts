import { cut } from '../../../shared/base/text.ts'
import type { Steps } from '../../base/slices.ts'
import { absolute } from '../columns/addresses.ts'
import { dayOf, scanDates } from '../read/dates/dates.ts'
import { isSameSite } from '../read/page/second-level.ts'
import { type Row, rowsOf } from './rows.ts'
import type { MessageWords } from './words.ts'

/** A letter as its line in a list shows it. */
export interface ListedLetter {
  readonly title: string
  readonly url: string | null
  /** The day on which it came; null: none is written, or one that is still to come. */
  readonly on: string | null
  /** Null: nothing beside it says. */
  readonly isAnswered: boolean | null
}

/** A page of a message column. */
export interface LetterList {
  readonly letters: readonly ListedLetter[]
  /** Where it goes on; null: it does not. */
  readonly next: string | null
  /** Other message columns that it leads to. */
  readonly columns: readonly string[]
  /** Part of it was not read. */
  readonly isCut: boolean
}

/** A title of this length is a letter's; what is shorter is a menu. */
const TITLE = 8
/** Where a day or a word of an answer stands beside it, a shorter one is. */
const SHORT_TITLE = 2
const MOST_TITLE = 100
/** The list that a system of TRS draws its turning of pages for. */
const PAGES = /createPageHTML\(\s*(\d{1,5})\s*,\s*(\d{1,5})\s*,\s*["'](\w{1,40})["']\s*,\s*["'](\w{1,10})["']/

/**
 * The letters that a page lists.
 * @param url of the page. @param today local day: what is dated later has no day
 */
export function* lettersOn(html: string, url: string, today: string, words: MessageWords): Steps<LetterList> {
  const { rows, ways, hasMore } = yield* rowsOf(html)
  const letters: ListedLetter[] = []
  let heads: readonly string[] = []
  for (const row of rows) {
    yield
    if (row.isHead) heads = row.cells
    else letters.push(...letterIn(row, row.cells.length === heads.length ? heads : [], { url, today, words }))
  }
  const marked = letters.filter(({ on, isAnswered }) => on !== null || isAnswered !== null)
  const within = (href: string) => {
    const to = absolute(href, url)
    return to !== null && to !== url && isSameSite(to, url) ? to : null
  }
  const onward = ways.find(({ text }) => words.isNext(text))
  return {
    // Beside letters with days or answers, what has neither is a menu or another list.
    letters: marked.length > 0 ? marked : letters,
    next: (onward && within(onward.href)) ?? nextDrawn(html, url),
    columns: ways.flatMap(({ text, href }) => (words.isColumn(text) ? (within(href) ?? []) : [])),
    isCut: hasMore,
  }
}

interface Place {
  readonly url: string
  readonly today: string
  readonly words: MessageWords
}

function letterIn(row: Row, heads: readonly string[], { url, today, words }: Place): ListedLetter[] {
  const link = row.links.reduce((longest, one) => (one.text.length > longest.text.length ? one : longest), {
    text: '',
    href: '',
  })
  if (words.isNext(row.text)) return []
  const days = daysIn(row.text)
  const said = answeredBy(row, heads, words)
  const isMarked = days.length > 0 || said !== null
  if (link.text.length < (isMarked ? SHORT_TITLE : TITLE)) return []
  // Of two days the earlier is that of the letter.
  const [first] = [...days].sort()
  const on = first !== undefined && first <= today ? first : null
  return [{ title: cut(link.text, MOST_TITLE), url: absolute(link.href, url), on, isAnswered: said }]
}

/** Whole days that are written in a text. */
export const daysIn = (text: string): string[] =>
  scanDates(text).flatMap(({ year, month, day }) =>
    year === null || month === 0 ? [] : [dayOf(year, month, day)],
  )

function answeredBy(row: Row, heads: readonly string[], words: MessageWords): boolean | null {
  for (const [at, head] of heads.entries()) {
    const kind = words.headOf(head)
    const cell = row.cells[at] ?? ''
    if (kind === 'answeredOn')
      return daysIn(cell).length > 0 ? true : words.isNothing(cell) ? false : words.saysAnswered(cell)
    if (kind === 'state' && cell !== '') return words.saysAnswered(cell)
  }
  const said = words.saysAnswered(row.text)
  if (said !== null) return said
  return words.after(row.text, 'answeredOn').some((text) => daysIn(text).length > 0) ? true : null
}

function nextDrawn(html: string, url: string): string | null {
  const [, count = '0', current = '0', name = '', ending = ''] = PAGES.exec(html) ?? []
  const next = Number(current) + 1
  return next < Number(count) ? absolute(`${name}_${next}.${ending}`, url) : null
}
