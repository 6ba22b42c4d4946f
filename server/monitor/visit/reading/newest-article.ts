import { daysBetween } from '../../../../shared/base/time.ts'
import type { DatedItem, Finding } from '../../../../shared/monitor/freshness/freshness.ts'
import { isSameSite } from '../../read/page/second-level.ts'
import { recentSince } from '../../read/recent.ts'
import type { ReadBy } from './entrance.ts'
import type { PageSeen } from './page-seen.ts'

/** A page that leaves the year out is looked into no longer than this. */
const WITHIN_MS = 20_000
/** Further apart than this a list and its item are a year apart, or several. */
const A_YEAR_OFF_DAYS = 300
const YEAR_DAYS = 365.25
/** As many items as a finding has. */
const MOST_ITEMS = 20

interface Found {
  readonly finding: Finding
  readonly seen: PageSeen
}

/**
 * Settles the year of a list that shows months and days only, and would count as kept up by the year that was guessed: opens its
 * newest item, one page, and believes the whole date in that. Where it says an earlier year, all dates that were guessed
 * with it are of so many years before. Where it does not open, or has no date, the guess stands.
 * @param guessed the items whose year was guessed, the newest of the page first.
 * @param url of the page, where it really is.
 */
export async function settleYears(
  by: ReadBy,
  found: Found,
  guessed: readonly DatedItem[],
  url: string,
): Promise<Found> {
  const [first] = guessed
  if (!first?.href || !URL.canParse(first.href, url)) return found
  const own = await articleDay(by, new URL(first.href, url).href, url)
  if (own === null || daysBetween(own, first.date) < A_YEAR_OFF_DAYS) return found
  const years = Math.round(daysBetween(own, first.date) / YEAR_DAYS)
  return years > 0 ? corrected(found, guessed, years, by.ref) : found
}

/** The date of an article by its own page; null where that is not to be had. */
async function articleDay(
  { prober, reader, ref, signal }: ReadBy,
  url: string,
  home: string,
): Promise<string | null> {
  if (!isSameSite(url, home)) return null
  const until = AbortSignal.any([signal, AbortSignal.timeout(WITHIN_MS)])
  const { result, body, headers } = await prober.visit({ url, signal: until })
  const at = result.finalUrl ?? url
  if (result.outcome !== 'ok' || body === null || !isSameSite(at, home)) return null
  const order = { bytes: body, contentType: headers['content-type'], url: at, kind: 'article', ref } as const
  const { read } = await reader.read({ ...order, isCut: false, isClosing: false })
  return read?.finding.outcome === 'dated' ? read.finding.newest : null
}

const keyOf = ({ date, text }: DatedItem): string => `${date} ${text}`

/** What a page shows with its guessed dates so many years earlier. */
function corrected(
  { finding, seen }: Found,
  guessed: readonly DatedItem[],
  years: number,
  ref: string,
): Found {
  const off = new Set(guessed.map(keyOf))
  const settle = <I extends { date: string }>(item: I, text: string): I =>
    off.has(keyOf({ date: item.date, text })) ? { ...item, date: yearsBefore(item.date, years) } : item
  const dated = seen.dated
    .map((item) => settle(item, item.text))
    .sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0))
  const [newest] = dated
  const since = recentSince(ref)
  const before = finding.evidence
  return {
    finding: {
      ...finding,
      newest: newest?.date ?? null,
      evidence: newest ? evidenceOf(newest, before?.raw ?? newest.date) : null,
      recent: dated.filter(({ date }) => date >= since).length,
      items: dated.slice(0, MOST_ITEMS),
      rejected: [{ raw: before?.raw ?? '', why: 'article_year' }, ...finding.rejected].slice(0, 10),
    },
    seen: {
      ...seen,
      dated,
      items: seen.items.map(({ date, ...item }) =>
        date === null ? { ...item, date } : settle({ ...item, date }, item.title),
      ),
      ...(seen.lists && {
        lists: seen.lists.map((list) => ({
          ...list,
          items: list.items.map((item) => settle(item, item.title)),
        })),
      }),
    },
  }
}

const evidenceOf = (item: DatedItem, raw: string): Finding['evidence'] => ({
  ...{ date: item.date, text: item.text, ...(item.href !== undefined && { href: item.href }) },
  ...{ where: 'list', raw, form: 'md', why: 'year_from_article' },
})

/** The same day so many years before; the 29th of February is the 28th in most. */
function yearsBefore(day: string, years: number): string {
  const [year = '', monthDay = ''] = [day.slice(0, 4), day.slice(4)]
  const before = String(Number(year) - years).padStart(4, '0')
  const isLeap = new Date(Date.UTC(Number(before), 1, 29)).getUTCMonth() === 1
  return `${before}${monthDay === '-02-29' && !isLeap ? '-02-28' : monthDay}`
}
