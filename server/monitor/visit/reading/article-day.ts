import { isSameSite } from '../../read/page/second-level.ts'
import type { Prober } from '../visit.ts'
import type { ReadBy } from './read-by.ts'

/** Where a day stands that is shown as that of publishing: not when its matter was written or signed, nor what its address has. */
const PUBLISHED: ReadonlySet<string> = new Set(['publish_label', 'posted_label', 'plain_label', 'info_line'])
/** Articles that are remembered; the oldest are forgotten first. */
const MOST_KNOWN = 50_000

interface Told {
  readonly day: string | null
  /** Local day on which it was asked. */
  readonly on: string
}

/** What articles have said, by who asked: a list that has not changed has nobody ask anew on the same day. */
const known = new WeakMap<Prober, Map<string, Told>>()

/**
 * The day on which an article was published, by its own page; null where that does not open, leads to another site or shows no
 * such day. Each article is asked for once a day.
 * @param home address of the page that lists it.
 */
export async function articleDay(by: ReadBy, url: string, home: string): Promise<string | null> {
  const all = known.get(by.prober) ?? new Map<string, Told>()
  known.set(by.prober, all)
  const before = all.get(url)
  if (before?.on === by.ref) return before.day
  const day = await askedDay(by, url, home)
  if (by.signal.aborted) return day
  const [oldest] = all.keys()
  if (all.size >= MOST_KNOWN && oldest !== undefined) all.delete(oldest)
  all.delete(url)
  all.set(url, { day, on: by.ref })
  return day
}

async function askedDay(
  { prober, reader, ref, signal }: ReadBy,
  url: string,
  home: string,
): Promise<string | null> {
  const { result, body, headers } = await prober.visit({ url, signal })
  const at = result.finalUrl ?? url
  if (result.outcome !== 'ok' || body === null || !isSameSite(at, home)) return null
  const order = { bytes: body, contentType: headers['content-type'], url: at, kind: 'article', ref } as const
  const { read } = await reader.read({ ...order, isCut: false, isClosing: false })
  const why = read?.finding.evidence?.why
  return read && why !== undefined && PUBLISHED.has(why) ? read.finding.newest : null
}
