import { createHash } from 'node:crypto'
import type { RewrittenItem } from '../../../shared/monitor/findings/findings.ts'
import type { DatedItem, Finding } from '../../../shared/monitor/freshness/freshness.ts'
import type { Steps } from '../../base/slices.ts'
import { type Page, titleOf, titleRank } from '../read/page/page.ts'
import { recentSince } from '../verdicts/recent.ts'

/** An item as it stands on a page now, under the key by which it is remembered. */
export interface SeenItem {
  readonly key: string
  readonly title: string
  readonly date: string | null
  /** The page leaves its year out. */
  readonly isGuessed?: true
}

const LEAST_TITLE = 8
/** More than the fullest home page shows. */
const MAX_ITEMS = 500
/** Counters, clocks and the weather change by themselves and are no items. */
const NO_ITEM =
  /访客|访问量|访问次数|浏览量|点击(?:数|量|率)|在线人数|今天是|农历|星期[一二三四五六日天]|天气|气温|℃|倒计时|当前时间/
/** Parameters that differ from visit to visit and name nothing. */
const TOKEN = /^(?:j?session_?id|sid|phpsessid|token|_|t|ts|timestamp|time|r|rnd|rand|random|v|ver)$/i

/** A whole date, with or without a time, glued to the end of a title. */
const GLUED_DATE =
  /[\s([（【]*\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?[\s)\]）】]*$/

/**
 * The key of an item: its link and title, without what changes by itself. Without a link, titles that come again
 * and again (每周菜价) are told apart by their dates.
 */
export function itemKey({
  text,
  href,
  date,
}: {
  text: string
  href?: string | undefined
  date: string | null
}) {
  const link = bareLink(href)
  const words = text.replace(GLUED_DATE, '').replace(/\s+/g, '')
  const rest = link === '' ? (date ?? '') : ''
  return createHash('sha1').update(`${link}\n${words}\n${rest}`).digest('base64url').slice(0, 16)
}

/** Path and query of a link; a site that moves to https or another name keeps its items. */
function bareLink(href: string | undefined): string {
  if (!href || /^(?:javascript|#)/i.test(href) || !URL.canParse(href, 'http://site/')) return ''
  const url = new URL(href, 'http://site/')
  const query = [...url.searchParams].filter(([name]) => !TOKEN.test(name)).map(([name, v]) => `${name}=${v}`)
  return `${url.pathname.replace(/;jsessionid=[^/]*/i, '')}?${query.join('&')}`
}

/** By what a dated item of a page is found among others. */
export const datedKey = ({ date, text }: Pick<DatedItem, 'date' | 'text'>): string => `${date} ${text}`

/** The items of a page, dated or not, each once. @param guessed those of the dated whose year is a guess. */
export function* seenItems(
  page: Page | null,
  dated: readonly DatedItem[],
  guessed: readonly DatedItem[],
): Steps<SeenItem[]> {
  const seen = new Map<string, SeenItem>()
  const guesses = new Set(guessed.map(datedKey))
  const add = (item: { text: string; href?: string | undefined; date: string | null }) => {
    if (NO_ITEM.test(item.text) || seen.size >= MAX_ITEMS) return
    const key = itemKey(item)
    const known = seen.get(key)
    if (known && (item.date ?? '') <= (known.date ?? '')) return
    const isGuess = item.date !== null && guesses.has(datedKey({ text: item.text, date: item.date }))
    seen.set(key, { key, title: item.text, date: item.date, ...(isGuess && { isGuessed: true as const }) })
  }
  for (const item of dated) {
    add(item)
    yield
  }
  const links = new Set(dated.map((item) => item.href))
  for (const anchor of page?.anchors ?? []) {
    if (seen.size >= MAX_ITEMS) break
    yield
    if (titleRank(anchor) < 2 || links.has(anchor.href)) continue
    const text = titleOf(anchor)
    if (text.length >= LEAST_TITLE && bareLink(anchor.href) !== '')
      add({ text, href: anchor.href, date: null })
  }
  return [...seen.values()]
}

/** What memory says of the items of a page: those never seen before, and those whose date was moved forward. */
export interface Recalled {
  /** Nothing was remembered of this site yet, so nothing is new. */
  readonly isFirst: boolean
  readonly fresh: readonly SeenItem[]
  /** By key: the latest date that the item can have, from when it was first seen, where it claims a later one. */
  readonly known: ReadonlyMap<string, string>
  /** Those of them whose date was moved, and not only guessed of another year. */
  readonly rewritten: ReadonlyMap<string, string>
}

/**
 * A finding without the dates that cannot be believed: an item that was seen before with an earlier date, or
 * before its date, keeps the date it had.
 * @param dated every dated item of the page.
 * @param ref local day that counts as today.
 */
export function believe(
  finding: Finding,
  dated: readonly DatedItem[],
  { known, rewritten }: Pick<Recalled, 'known' | 'rewritten'>,
  ref: string,
): Finding {
  if (known.size === 0) return finding
  const items = dated
    .map((item) => ({ ...item, date: known.get(itemKey(item)) ?? item.date }))
    .sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0))
  const doubts = rewrittenItems(dated, rewritten).map(({ date }) => ({ raw: date, why: 'rewritten' }))
  const [first] = items
  const since = recentSince(ref)
  const isSame = first?.date === finding.newest && finding.evidence !== null && first !== undefined
  return {
    ...finding,
    newest: first?.date ?? null,
    evidence: isSame && first.text === finding.evidence?.text ? finding.evidence : evidenceOf(first),
    recent: items.filter((item) => item.date >= since).length,
    items: items.slice(0, 20),
    rejected: [...doubts, ...finding.rejected].slice(0, 10),
  }
}

function evidenceOf(item: DatedItem | undefined): Finding['evidence'] {
  if (!item) return null
  return { ...item, where: 'list', raw: item.date, form: 'ymd', why: 'remembered' }
}

export function rewrittenItems(
  dated: readonly DatedItem[],
  rewritten: Recalled['rewritten'],
): RewrittenItem[] {
  return dated.flatMap((item) => {
    const firstDate = rewritten.get(itemKey(item))
    const { text: title, date } = item
    return firstDate !== undefined && firstDate < date ? [{ title, date, firstDate }] : []
  })
}
