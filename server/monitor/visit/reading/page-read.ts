import type { DatedItem, Finding } from '../../../../shared/monitor/freshness/freshness.ts'
import { isYearGuessed } from '../../../../shared/monitor/freshness/freshness-rules.ts'
import type { Imprint } from '../../../../shared/monitor/imprints/imprints-rules.ts'
import type { Steps } from '../../../base/slices.ts'
import type { NoticeFound } from '../../../register/filings/notices/follow.ts'
import { measureList } from '../../columns/list.ts'
import type { ListMeasure } from '../../columns/queries.ts'
import { Tokens } from '../../columns/tokens.ts'
import { type MessageSighting, messageColumns } from '../../messages/find.ts'
import { type LettersRead, lettersRead } from '../../messages/letters-read.ts'
import { closingNotice } from '../../read/closing.ts'
import { decodePage } from '../../read/page/decode.ts'
import { innerPages, type SecondLevelLink, secondLevelLinks } from '../../read/page/second-level.ts'
import { goesWithDay, type Reading, readSteps } from '../../read/read.ts'
import { recentSince } from '../../verdicts/recent.ts'
import { homeSeen, imprintSeen, MAX_DATED, type PageSeen } from './page-seen.ts'
import { printOf } from './print.ts'

/** One page that is to be read. Everything in it can be handed to another thread. */
export interface PageOrder {
  readonly bytes: Uint8Array
  readonly contentType: string | undefined
  /** Where the page really is. */
  readonly url: string
  readonly kind: 'home' | 'list' | 'article'
  /** Local day that counts as today. */
  readonly ref: string
  /** `bytes` are only the beginning of the page. */
  readonly isCut: boolean
  /** The site is to close or move: its notice is looked for. */
  readonly isClosing: boolean
  /** It is a message column's, or one of its letters. */
  readonly isLetters?: boolean
  /** The print of the page when it was read last; one that is still the same is not read again. */
  readonly print?: string | null
}

/** All that is wanted of a page, so that what it was parsed to stays where it was read. */
export interface PageRead {
  readonly finding: Finding
  /** Its dated items, the newest first. */
  readonly items: readonly DatedItem[]
  /**
   * Items whose year is a guess, where the newest of the page is one of them, that first; the newest say by their own pages whether it
   * is. Of a home page only where it would count as kept up by that.
   */
  readonly guessed: readonly DatedItem[]
  /** Addresses of the pages of its site that it holds in itself. */
  readonly inner: readonly string[]
  /** Where it leads to, when it is an entrance. */
  readonly links: readonly SecondLevelLink[]
  /** What stands on a home page; null: the bytes are no page, or it is no home page. */
  readonly seen: PageSeen | null
  /** What it says of itself; null: the bytes are no page. */
  readonly imprint: Imprint | null
  /** Whether it says that the site goes; undefined: not looked for, or the page could not be read. */
  readonly notice: NoticeFound | null | undefined
  /** What it lists, as a column's own page. */
  readonly list: ListMeasure | null
  /** Message columns that a home page leads to. */
  readonly messages: readonly MessageSighting[]
  /** Which letters it lists, and whether it is one with an answer; null: not looked for. */
  readonly letters: LettersRead | null
  /** By what a home page is known again; null: it is too long to be compared. */
  readonly print: string | null
  /** What was found may be something else on another day, though the page be the same. */
  readonly goesWithDay: boolean
}

/** A longer page is read whenever it has changed. */
const MAX_COMPARED = 1_000_000

/** Reads one page for all who ask anything of it. @returns null when it shows what it showed when it was read last. */
export function* readOrder(order: PageOrder): Steps<PageRead | null> {
  const { bytes, contentType, url, kind, ref, isCut, isClosing, isLetters } = order
  const isHome = kind === 'home'
  const isCompared = isHome && bytes.length <= MAX_COMPARED
  const decoded = isCompared ? decodePage(bytes, contentType) : undefined
  const print = decoded ? yield* printOf(decoded.text) : null
  if (print !== null && print === order.print) return null
  const tokens = new Tokens()
  const reading = yield* readSteps({
    ...{ bytes, url, kind, ref, isCut, decoded },
    ...(isHome && { beside: tokens }),
    headers: { 'content-type': contentType },
  })
  const { page, finding, items } = reading
  return {
    finding,
    items: items.slice(0, MAX_DATED),
    guessed: guessedOf(reading, kind, ref),
    inner: page ? innerPages(page, url) : [],
    links: page && finding.entrance ? yield* secondLevelLinks(page, url, finding.refresh) : [],
    seen: isHome ? yield* homeSeen(reading, tokens.found, url) : null,
    imprint: page && imprintSeen(reading),
    notice: isClosing ? yield* noticeOn(reading, ref) : undefined,
    list: kind === 'list' ? measureList(reading) : null,
    messages: isHome && page ? messageColumns(page, url, ref) : [],
    letters: isLetters ? yield* lettersRead(reading, url, ref) : null,
    print,
    goesWithDay: finding.reason === 'failed' || (isHome && (yield* goesWithDay(reading, ref))),
  }
}

function guessedOf(
  { finding, guessed }: Reading,
  kind: PageOrder['kind'],
  ref: string,
): readonly DatedItem[] {
  const { evidence, newest } = finding
  if (kind === 'article' || evidence === null || !isYearGuessed(evidence)) return []
  return kind === 'list' || (newest ?? '') >= recentSince(ref) ? guessed.slice(0, MAX_DATED) : []
}

/** What a script draws is not seen: only what is there can be said of such a page. */
function* noticeOn({ page, text, finding }: Reading, ref: string): Steps<NoticeFound | null | undefined> {
  if (page === null) return undefined
  const notice = yield* closingNotice(text, ref)
  return notice === null && finding.outcome === 'unreadable' ? undefined : notice
}
