import { groupBy } from '../../../../shared/base/lists/group.ts'
import { daysBetween } from '../../../../shared/base/time.ts'
import type { DatedItem, Finding } from '../../../../shared/monitor/freshness/freshness.ts'
import { wholeYears, YEAR_DAYS } from '../../findings/doubts.ts'
import { datedKey, type SeenItem } from '../../findings/items.ts'
import { isOwnPage } from '../../read/page/second-level.ts'
import { recentSince } from '../../verdicts/recent.ts'
import { articleDay } from './article-day.ts'
import type { PageRead } from './page-read.ts'
import type { ReadBy } from './read-by.ts'

/** Articles that are opened for a page, and for one of its lists. */
const MOST_OPENED = { ofAll: 6, ofList: 3 }
/** All of them together: what has not answered by then says nothing. */
const WITHIN_MS = 60_000
/** So many have to say that a page is of an earlier year, where so many say anything. */
const WITNESSES = 2
/** As many items as a finding has. */
const MOST_ITEMS = 20

/** A page that was read, and the address that its links are relative to, as far as that is known. */
interface Placed {
  /** Null: it could not be opened. */
  readonly read: PageRead | null
  readonly link: { readonly url: string }
}

/**
 * Settles the years of lists that show months and days only, and would count as kept up by the year that was guessed: opens the
 * newest items of such a list, and believes the whole dates in them. Where those say an earlier year, all dates that were guessed
 * in that list are of so many years before. Where none opens, or says so, the guess stands, and is told as one.
 * @param pages that are judged together, by the newest date on any of them.
 * @param since from this day on they count as kept up.
 */
export async function settleYears<P extends Placed>(
  by: ReadBy,
  pages: readonly P[],
  since = recentSince(by.ref),
): Promise<P[]> {
  if (pages.every(({ read }) => (read?.guessed.length ?? 0) === 0)) return [...pages]
  const until = { ...by, signal: AbortSignal.any([by.signal, AbortSignal.timeout(WITHIN_MS)]) }
  const opened = { left: MOST_OPENED.ofAll }
  const settled = new Map<P, PageRead>()
  let known = ''
  const order = pages.map((page) => ({ page, date: newestOf(page.read) })).sort(newestFirst)
  for (const { page, date } of order) {
    // Nothing matters that is older than what stands.
    if (page.read === null || date <= known) break
    const read = await settlePage(until, { page: page.read, url: page.link.url, since }, opened)
    settled.set(page, read)
    if (newestOf(read) > known) known = newestOf(read)
  }
  return pages.map((page) => ({ ...page, read: settled.get(page) ?? page.read }))
}

const newestOf = (read: PageRead | null): string => read?.finding.newest ?? ''

interface ToSettle {
  readonly page: PageRead
  readonly url: string
  readonly since: string
}

async function settlePage(
  by: ReadBy,
  { page, url, since }: ToSettle,
  opened: { left: number },
): Promise<PageRead> {
  const guesses = new Set(page.guessed.map(datedKey))
  const known = page.items.find((item) => !guesses.has(datedKey(item)))?.date ?? ''
  const off = new Map<string, number>()
  for (const list of listsOf(page, url)) {
    const newest = list[0]?.date ?? ''
    if (newest < since || newest <= known) break
    const years = await yearsOff(by, { list, url, witnesses: off.size === 0 ? WITNESSES : 1 }, opened)
    if (years === 0) break
    for (const item of list) off.set(datedKey(item), years)
  }
  return off.size === 0 ? page : corrected(page, off, by.ref)
}

/** What a page has of each of its lists among its guessed items, the list with the newest first. */
function listsOf({ guessed, seen }: PageRead, url: string): DatedItem[][] {
  const names = new Map(
    seen?.lists?.flatMap(({ items }, n) => items.map((item) => [item.url, n] as const)) ?? [],
  )
  return [...groupBy(guessed, (item) => names.get(addressOf(item, url))).values()]
}

const addressOf = ({ href }: DatedItem, url: string): string | null =>
  href !== undefined && URL.canParse(href, url) ? new URL(href, url).href : null

interface Asked {
  /** The newest first. */
  readonly list: readonly DatedItem[]
  readonly url: string
  readonly witnesses: number
}

/** By how many years a list is older than was guessed, as its items say themselves; 0: by none, or none says so. */
async function yearsOff(
  by: ReadBy,
  { list, url, witnesses }: Asked,
  opened: { left: number },
): Promise<number> {
  const told: number[] = []
  const own = list.flatMap((item) => {
    const address = addressOf(item, url)
    return address !== null && isOwnPage(address, url) ? [{ address, guess: item.date }] : []
  })
  for (const { address, guess } of own.slice(0, MOST_OPENED.ofList)) {
    if (told.length >= witnesses || opened.left === 0) break
    opened.left--
    const day = await articleDay(by, address, url)
    const years = day === null ? null : yearsBefore(day, guess)
    if (years === 0) return 0
    if (years !== null) told.push(years)
  }
  return told.length === 0 ? 0 : Math.min(...told)
}

/**
 * By how many years the day of an article is before the one that was guessed of it; null: by none, and it says nothing of that. An
 * item that is put up anew has another day than its article, and none before it.
 */
function yearsBefore(day: string, guess: string): number | null {
  const days = daysBetween(day, guess)
  const years = days > 0 ? wholeYears(days) : 0
  return years > 0 || days < YEAR_DAYS ? years : null
}

/** What a page shows with some of its guessed dates so many years earlier. */
function corrected(page: PageRead, off: ReadonlyMap<string, number>, ref: string): PageRead {
  const settle = <I extends { date: string }>(item: I, text: string): I => {
    const years = off.get(datedKey({ date: item.date, text }))
    return years === undefined ? item : { ...item, date: earlier(item.date, years) }
  }
  const items = page.items.map((item) => settle(item, item.text)).sort(newestFirst)
  const { seen, list } = page
  const yearsOf = yearsByDay(page.items, off)
  const settledDay = (date: string) => earlier(date, yearsOf.get(date) ?? 0)
  return {
    ...page,
    items,
    finding: foundIn(page, items, ref),
    guessed: page.guessed.filter((item) => !off.has(datedKey(item))),
    list: list && { ...list, dates: items.map(({ date }) => date).slice(0, list.dates.length) },
    seen: seen && {
      ...seen,
      dated: items,
      items: seen.items.map((item) => seenSettled(item, off)),
      columns: seen.columns.map((column) => ({
        ...column,
        dates: column.dates.map(settledDay).sort().reverse(),
      })),
      ...(seen.lists && {
        lists: seen.lists.map((one) => ({
          ...one,
          items: one.items.map((item) => settle(item, item.title)),
        })),
      }),
    },
  }
}

function seenSettled({ isGuessed, ...item }: SeenItem, off: ReadonlyMap<string, number>): SeenItem {
  const { date, title } = item
  const years = date === null ? undefined : off.get(datedKey({ date, text: title }))
  if (date !== null && years !== undefined) return { ...item, date: earlier(date, years) }
  return { ...item, ...(isGuessed && { isGuessed }) }
}

const newestFirst = (a: { date: string }, b: { date: string }): number =>
  a.date < b.date ? 1 : a.date > b.date ? -1 : 0

/** By how many years all items of a day are older; of a day on which others are not nothing is said. */
function yearsByDay(items: readonly DatedItem[], off: ReadonlyMap<string, number>): Map<string, number> {
  const years = new Map<string, number>()
  for (const item of items) {
    const own = off.get(datedKey(item)) ?? 0
    years.set(item.date, (years.get(item.date) ?? own) === own ? own : 0)
  }
  return years
}

function foundIn(
  { finding, guessed, items: before }: PageRead,
  items: readonly DatedItem[],
  ref: string,
): Finding {
  const [newest] = items
  const since = recentSince(ref)
  const raw = finding.evidence?.raw ?? ''
  const isAmong = (some: readonly DatedItem[]) =>
    newest !== undefined && some.some((item) => datedKey(item) === datedKey(newest))
  const why = isAmong(guessed) ? 'year_nearest_past' : isAmong(before) ? 'item_date' : 'year_from_article'
  return {
    ...finding,
    newest: newest?.date ?? null,
    evidence: newest
      ? {
          ...newest,
          where: 'list',
          raw: newest.text === finding.evidence?.text ? raw : newest.date,
          form: why === 'item_date' ? 'ymd' : 'md',
          why,
        }
      : null,
    recent: items.filter(({ date }) => date >= since).length,
    items: items.slice(0, MOST_ITEMS),
    rejected: [{ raw, why: 'article_year' }, ...finding.rejected].slice(0, 10),
  }
}

/** The same day so many years before; the 29th of February is the 28th in most. */
function earlier(day: string, years: number): string {
  const [year = '', monthDay = ''] = [day.slice(0, 4), day.slice(4)]
  const before = String(Number(year) - years).padStart(4, '0')
  const isLeap = new Date(Date.UTC(Number(before), 1, 29)).getUTCMonth() === 1
  return `${before}${monthDay === '-02-29' && !isLeap ? '-02-28' : monthDay}`
}
