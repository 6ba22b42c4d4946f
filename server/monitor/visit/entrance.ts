import type { Finding } from '../../../shared/monitor/freshness/freshness.ts'
import { inSlices } from '../../base/slices.ts'
import {
  combineSecondLevel,
  isSameSite,
  type SecondLevelLink,
  secondLevelLinks,
} from '../read/page/second-level.ts'
import { type Reading, readSteps } from '../read/read.ts'
import type { Prober } from './visit.ts'

/** All second-level pages of a site together; those that are not read by then are left out. */
const BUDGET_MS = 60_000

/** A list page that was visited and read. */
export interface ListReading {
  readonly link: SecondLevelLink
  /** Null: it could not be opened. */
  readonly reading: Reading | null
}

/**
 * Reads the pages that an entrance leads to, one after the other, and says what they show in its place. Visits
 * them as the home page was visited; they are none of the visits that V1 counts.
 * @param url of the home page, where it really is.
 * @param ref local day that counts as today.
 */
export async function readBehindEntrance(
  prober: Prober,
  home: Reading,
  { url, ref, signal }: { url: string; ref: string; signal: AbortSignal },
): Promise<{ finding: Finding; lists: ListReading[] }> {
  if (home.page === null) return { finding: home.finding, lists: [] }
  const until = AbortSignal.any([signal, AbortSignal.timeout(BUDGET_MS)])
  const lists: ListReading[] = []
  const links = await inSlices(secondLevelLinks(home.page, url, home.finding.refresh))
  for (const link of links) {
    const reading = await readListPage(prober, link.url, ref, until)
    if (reading !== 'gone') lists.push({ link, reading })
  }
  const readings = lists.map(({ link, reading }) => ({ link, finding: reading?.finding ?? null }))
  return { finding: combineSecondLevel(home.finding, readings, ref), lists }
}

/** Visits a list page and reads it; null when it does not open, `gone` when it is not there or is another site's. */
export async function readListPage(
  prober: Prober,
  url: string,
  ref: string,
  signal: AbortSignal,
): Promise<Reading | 'gone' | null> {
  const { result, body, headers } = await prober.visit({ url, signal })
  const at = result.finalUrl ?? url
  if (result.cause === 'http_4xx' || !isSameSite(at, url)) return 'gone'
  if (result.outcome !== 'ok' || body === null) return null
  return inSlices(readSteps({ bytes: body, headers, url: at, kind: 'list', ref }))
}
