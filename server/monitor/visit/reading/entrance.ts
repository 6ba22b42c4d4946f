import type { Finding } from '../../../../shared/monitor/freshness/freshness.ts'
import { combineSecondLevel } from '../../read/combined.ts'
import { isSameSite, type SecondLevelLink } from '../../read/page/second-level.ts'
import { settleYears } from './newest-article.ts'
import type { PageOrder, PageRead } from './page-read.ts'
import type { ReadBy } from './read-by.ts'

/** All second-level pages of a site together; those that are not read by then are left out. */
const BUDGET_MS = 60_000

/** A list page that was visited and read. */
export interface ListRead {
  readonly link: SecondLevelLink
  /** Null: it could not be opened. */
  readonly read: PageRead | null
}

/**
 * Reads the pages that an entrance leads to, one after the other, and says what they show in its place. Visits
 * them as the home page was visited; they are none of the visits that V1 counts.
 */
export async function readBehindEntrance(
  by: ReadBy,
  { finding, links }: Pick<PageRead, 'finding' | 'links'>,
): Promise<{ finding: Finding; lists: ListRead[] }> {
  const until = { ...by, signal: AbortSignal.any([by.signal, AbortSignal.timeout(BUDGET_MS)]) }
  const lists: ListRead[] = []
  for (const link of links) {
    const read = await readListPage(until, link.url)
    if (read !== 'gone') lists.push({ link, read })
  }
  const settled = await settleYears(until, lists)
  const readings = settled.map(({ link, read }) => ({ link, finding: read?.finding ?? null }))
  return { finding: combineSecondLevel(finding, readings, by.ref), lists: settled }
}

/** Visits a list page and reads it; null when it does not open, `gone` when it is not there or is another site's. */
export async function readListPage(
  { prober, reader, ref, signal }: ReadBy,
  url: string,
  more: Pick<PageOrder, 'isLetters'> = {},
): Promise<PageRead | 'gone' | null> {
  const { result, body, headers } = await prober.visit({ url, signal })
  const at = result.finalUrl ?? url
  if (result.cause === 'http_4xx' || !isSameSite(at, url)) return 'gone'
  if (result.outcome !== 'ok' || body === null) return null
  const page = { bytes: body, contentType: headers['content-type'], url: at, kind: 'list', ref } as const
  return (await reader.read({ ...page, ...more, isCut: false, isClosing: false })).read
}
