import { addDays } from '../../../shared/base/time.ts'
import type { DatedItem, Finding } from '../../../shared/monitor/freshness/freshness.ts'
import { isYearGuessed } from '../../../shared/monitor/freshness/freshness-rules.ts'
import { atOnce, type Steps } from '../../base/slices.ts'
import type { Visitor } from '../html/walk.ts'
import { recentSince } from '../verdicts/recent.ts'
import { articleDate, looksLikeArticle } from './article.ts'
import { type Candidate, newestFirst, type Rejections } from './choice.ts'
import { listItems } from './list.ts'
import { type Decoded, decodePage } from './page/decode.ts'
import { hasDrawnPart, isDrawnByScript } from './page/drawn.ts'
import { isEntrance, isScriptOnly, redirectOf } from './page/entrance.ts'
import type { Page } from './page/page.ts'
import { streamPage } from './page/stream.ts'

/** A page as it was fetched. `ref` is the local day that counts as today. */
export interface PageInput {
  bytes: Uint8Array
  headers?: Record<string, string | undefined>
  url?: string
  kind?: 'home' | 'list' | 'article'
  ref: string
  /** `bytes` are only the beginning of the page. */
  isCut?: boolean
  /** Their text, where it is known already. */
  decoded?: Decoded | undefined
  /** Is told of the one pass over the page. */
  beside?: Visitor
}

/** What was found on a page, and what it was found in, for those who ask more of a page than its newest date. */
export interface Reading {
  readonly finding: Finding
  /** Every dated item, newest first; `finding` has the first of them. */
  readonly items: readonly DatedItem[]
  /** Those of them whose year the page leaves out: it is a guess. */
  readonly guessed: readonly DatedItem[]
  /** Null when the bytes are no page. */
  readonly page: Page | null
  readonly text: string
}

const MAX_ITEMS = 20
const MAX_REJECTED = 10
/** More than any home page needs; what follows is not read. */
const MAX_BYTES = 4_000_000
/** Above this share of replacement characters the text is noise. */
const MAX_BROKEN_SHARE = 0.2

/**
 * Reads the newest credible publish date shown on a page. Never throws, whatever the bytes; never answers
 * with a day after `ref`; uses neither network nor clock.
 */
export function readPage(input: PageInput): Finding {
  return readWhole(input).finding
}

/** The same with what it was found in. Never throws. */
export function readWhole(input: PageInput): Reading {
  return atOnce(readSteps(input))
}

/** The same in steps that hold nobody up, whatever is on the page. Never throws. */
export function* readSteps(input: PageInput): Steps<Reading> {
  try {
    return yield* read(input)
  } catch {
    // Whatever a page does to this code must not stop the visits to all the others.
    return unreadable('failed', 'unknown')
  }
}

function* read(input: PageInput): Steps<Reading> {
  const bytes = input.bytes.length > MAX_BYTES ? input.bytes.subarray(0, MAX_BYTES) : input.bytes
  const { text, encoding } = input.decoded ?? decodePage(bytes, contentType(input.headers))
  yield
  if (text.trim() === '') return unreadable('empty', encoding)
  if (!/<[a-z!?]/i.test(text) || isBinary(text, bytes, encoding)) return unreadable('not_html', encoding)
  if (isNoise(text)) return unreadable('undecodable', encoding)
  const page = yield* streamPage(text, input.beside)
  const rejected: Rejections = []
  const candidates = newestFirst(yield* choose(page, input, rejected))
  yield
  const refresh = candidates.length === 0 ? redirectOf(page, input.url) : undefined
  const items = distinct(candidates)
  const readTo = page.readTo ?? (input.isCut || bytes.length < input.bytes.length ? text.length : null)
  const finding = {
    ...conclude(page, input, candidates[0], items, refresh, readTo !== null),
    ...unseenOf(page, input.kind === 'article' ? null : items.length, readTo),
    rejected: digest(rejected),
    encoding,
    ...(refresh === undefined ? {} : { refresh }),
  }
  const isGuess = ({ evidence }: Candidate) => isYearGuessed(evidence)
  return { finding, items, guessed: distinct(candidates.filter(isGuess)), page, text }
}

/** On a day so far off nothing is in the future any more that a page announces, and no day means this year. */
const FAR_OFF_DAYS = 400

/**
 * Whether the same home page, read on another day, may show another newest date: one that is written as so many days ago,
 * without its year where today was asked for it, or that is still to come.
 */
export function* goesWithDay({ page, items }: Reading, ref: string): Steps<boolean> {
  if (page === null) return false
  const [now, then] = [
    yield* listItems(page, ref, true, []),
    yield* listItems(page, addDays(ref, FAR_OFF_DAYS), true, []),
  ]
  yield
  const isOfToday = now.some(
    ({ evidence: { why, form } }) => form === 'relative' || /^year_(?:nearest|from_page)/.test(why),
  )
  return (
    isOfToday ||
    now.length !== then.length ||
    now.some(({ day }, n) => day !== then[n]?.day) ||
    items.some(({ date }) => date > ref)
  )
}

/** Whoever does not say what the page is gets the best guess; every caller with a site says it. */
function* choose(page: Page, input: PageInput, rejected: Rejections): Steps<Candidate[]> {
  const { kind, url, ref } = input
  if (kind === 'article' || (kind === undefined && !isRoot(url) && looksLikeArticle(page))) {
    return articleDate(page, url, ref, rejected)
  }
  const items = yield* listItems(page, ref, kind !== 'list', rejected)
  if (items.length > 0 || kind !== undefined || isRoot(url)) return items
  return articleDate(page, url, ref, rejected)
}

/** True for the address of a site itself. */
function isRoot(url: string | undefined): boolean {
  return url !== undefined && /^https?:\/\/[^/]+\/?(?:(?:index|default)\.\w+)?$/i.test(url)
}

function conclude(
  page: Page,
  input: PageInput,
  first: Candidate | undefined,
  items: DatedItem[],
  refresh: string | undefined,
  hasMore: boolean,
) {
  const isHome = input.kind !== 'article' && input.kind !== 'list'
  const entrance = first === undefined && isHome && isEntrance(page, refresh)
  const since = recentSince(input.ref)
  const base = {
    outcome: first ? ('dated' as const) : ('undated' as const),
    newest: first?.day ?? null,
    evidence: first?.evidence ?? null,
    recent: items.filter((item) => item.date >= since).length,
    items: items.slice(0, MAX_ITEMS),
    entrance,
  }
  if (first) return base
  // What stands in the rest may be dated.
  if (hasMore) return { ...base, outcome: 'unreadable' as const, reason: 'too_long' }
  // The law's "no date is not updated" is for lists that were seen.
  const isDrawn =
    input.kind !== 'article' && refresh === undefined && (isScriptOnly(page) || isDrawnByScript(page))
  if (isDrawn) return { ...base, outcome: 'unreadable' as const, reason: 'drawn_by_script' }
  return { ...base, reason: entrance ? 'entrance' : 'no_dates' }
}

/** What of the page was not seen although something was: it may be newer. @param items of its lists; null: it has none. */
function unseenOf(
  page: Page,
  items: number | null,
  readTo: number | null,
): Pick<Finding, 'unseen' | 'readTo'> {
  if (readTo !== null) return { unseen: 'rest', readTo }
  return items !== null && items > 0 && hasDrawnPart(page, items) ? { unseen: 'script' } : {}
}

/** One entry for each item, however often the page repeats it (picture and title, tab and list). */
function distinct(candidates: Candidate[]): DatedItem[] {
  const seen = new Map<string, Set<string>>()
  const links = new Set<string>()
  const items: DatedItem[] = []
  for (const { day, title, href } of candidates) {
    const linked = href !== '' && !href.startsWith('#') && !/^javascript/i.test(href)
    const ofDay = seen.get(day) ?? new Set()
    if (ofDay.has(title) || (linked && links.has(href))) continue
    seen.set(day, ofDay.add(title))
    if (linked) links.add(href)
    items.push(linked ? { date: day, text: title, href } : { date: day, text: title })
  }
  return items
}

/** The most telling rejections: what was most nearly believed first. */
function digest(rejected: Rejections): Rejections {
  const rank = (why: string) => (why === 'in_text' ? 2 : why === 'in_title' ? 1 : 0)
  const seen = new Set<string>()
  return rejected
    .filter(({ raw, why }) => !seen.has(`${raw} ${why}`) && seen.add(`${raw} ${why}`))
    .sort((a, b) => rank(a.why) - rank(b.why))
    .slice(0, MAX_REJECTED)
}

function contentType(headers: PageInput['headers']): string | undefined {
  for (const [name, value] of Object.entries(headers ?? {}))
    if (name.toLowerCase() === 'content-type') return value
  return undefined
}

/** Documents and pictures served under the name of a page; no text has three U+0000 in a row. */
function isBinary(text: string, bytes: Uint8Array, encoding: string): boolean {
  const nulls = Buffer.alloc(encoding.startsWith('utf-16') ? 6 : 3)
  return /^(?:%PDF|.PNG|PK|GIF8)/.test(text) || Buffer.from(bytes.subarray(0, 2_000)).includes(nulls)
}

function isNoise(text: string): boolean {
  const sample = text.slice(0, 20_000)
  return (
    sample.includes('\ufffd') && (sample.match(/\ufffd/g)?.length ?? 0) > sample.length * MAX_BROKEN_SHARE
  )
}

function unreadable(reason: string, encoding: string): Reading {
  const finding: Finding = {
    outcome: 'unreadable',
    newest: null,
    evidence: null,
    reason,
    recent: 0,
    items: [],
    rejected: [],
    encoding,
    entrance: false,
  }
  return { finding, items: [], guessed: [], page: null, text: '' }
}
