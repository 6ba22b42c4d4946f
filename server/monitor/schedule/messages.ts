import { monthsBefore } from '../../../shared/monitor/columns/columns-rules.ts'
import {
  type MessageReading,
  type MessageRules,
  messageRulesOn,
  type WaitingLetter,
} from '../../../shared/monitor/messages/messages-rules.ts'
import type { ListedLetter } from '../messages/letters.ts'
import type { LettersRead } from '../messages/letters-read.ts'
import { isSameSite } from '../read/page/second-level.ts'
import { readListPage } from '../visit/reading/entrance.ts'
import type { ReadBy } from '../visit/reading/read-by.ts'

/** All pages of a column together; what was not read by then is said to be so. */
const BUDGET_MS = 60_000
/** Letters that are kept by name, and days. */
const MOST_KEPT = 200

interface Pages {
  readonly list: (url: string) => Promise<LettersRead | null>
  readonly isAnswered: (url: string) => Promise<boolean | null>
}

/**
 * Reads the letters of a message column: its lists as far back as letters count, and the pages of the oldest letters of which the
 * list does not say whether they have an answer. Only so many of either, one after the other.
 * @returns null: the column cannot be opened
 */
export function readMessages(by: ReadBy, url: string): Promise<MessageReading | null> {
  const signal = AbortSignal.any([by.signal, AbortSignal.timeout(BUDGET_MS)])
  const open = async (to: string): Promise<LettersRead | null> => {
    if (signal.aborted) return null
    const read = await readListPage({ ...by, signal }, to, { isLetters: true })
    return read === 'gone' ? null : (read?.letters ?? null)
  }
  const pages = { list: open, isAnswered: async (to: string) => (await open(to))?.isAnswered ?? null }
  return followMessages(pages, url, messageRulesOn(by.ref), by.ref)
}

async function followMessages(
  pages: Pages,
  url: string,
  rules: MessageRules,
  today: string,
): Promise<MessageReading | null> {
  const since = monthsBefore(today, rules.withinMonths)
  const letters = new Map<string, ListedLetter>()
  const [known, pending] = [new Set([url]), [url]]
  const follow = (to: string | null) => {
    if (to === null || known.has(to)) return
    known.add(to)
    pending.push(to)
  }
  let [lists, isWhole, isDrawn] = [0, true, false]
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    if (lists === rules.mostLists) {
      isWhole = false
      break
    }
    const list = await pages.list(next)
    if (list === null && lists === 0) return null
    lists += 1
    isWhole &&= list !== null && !list.isCut
    isDrawn ||= list?.isDrawn ?? false
    for (const one of list?.letters ?? []) letters.set(`${one.url} ${one.title} ${one.on}`, one)
    // A page that only leads on to columns, as 互动交流 does.
    if (list && lists === 1 && letters.size === 0)
      for (const to of list.columns.slice(0, rules.mostColumns)) follow(to)
    if (list && !isBefore(list.letters, since)) follow(list.next)
  }
  const found = await clearedUp([...letters.values()], pages, { url, since, most: rules.mostLetters })
  return { ...summedUp(found), isWhole, isDrawn }
}

/** All letters of a page with a day are of before: those behind it are, too. */
function isBefore(letters: readonly ListedLetter[], since: string): boolean {
  const days = letters.flatMap(({ on }) => on ?? [])
  return days.length > 0 && days.every((on) => on < since)
}

const byDay = (one: { readonly on: string | null }, other: { readonly on: string | null }): number =>
  (one.on ?? '') < (other.on ?? '') ? -1 : 1

/** Opens the oldest letters of which the list does not say whether they have an answer; none of another site. */
async function clearedUp(
  letters: readonly ListedLetter[],
  pages: Pages,
  column: { readonly url: string; readonly since: string; readonly most: number },
): Promise<ListedLetter[]> {
  const { since, most } = column
  const isOwn = (url: string | null) => url !== null && isSameSite(url, column.url)
  const unclear = letters
    .filter(({ on, isAnswered, url }) => on !== null && on >= since && isAnswered === null && isOwn(url))
    .sort(byDay)
    .slice(0, most)
  const said = new Map<ListedLetter, boolean | null>()
  for (const one of unclear) said.set(one, await pages.isAnswered(one.url ?? ''))
  return letters.map((one) => ({ ...one, isAnswered: said.get(one) ?? one.isAnswered }))
}

function summedUp(letters: readonly ListedLetter[]): Omit<MessageReading, 'isWhole' | 'isDrawn'> {
  const dated = letters.filter(({ on }) => on !== null).sort(byDay)
  const waiting = dated.flatMap(({ on, title, url, isAnswered }): WaitingLetter[] =>
    on !== null && isAnswered === false ? [{ on, title, url }] : [],
  )
  return {
    dated: dated.length,
    answered: dated.filter(({ isAnswered }) => isAnswered === true).length,
    waiting: waiting.slice(0, MOST_KEPT),
    unclear: dated
      .flatMap(({ on, isAnswered }) => (on !== null && isAnswered === null ? [on] : []))
      .slice(0, MOST_KEPT),
    // One with an answer needs no day.
    undated: letters.filter(({ on, isAnswered }) => on === null && isAnswered !== true).length,
  }
}
