import { inSlices } from '../../../base/slices.ts'
import type { Retrieved } from '../rule.ts'
import { type Parsed, parsing } from './parsed.ts'

type Page = Pick<Retrieved, 'bytes' | 'headers' | 'finalUrl'>

const known = new WeakMap<Page, Promise<Parsed>>()

/**
 * What a page is parsed to, for rules that run beside everybody else: in slices, and once, however many rules ask. It is
 * forgotten with the page.
 */
export function parsedOnce(page: Page): Promise<Parsed> {
  const parsed = known.get(page) ?? inSlices(parsing(page.bytes, page.headers['content-type'], page.finalUrl))
  known.set(page, parsed)
  return parsed
}

/** Only the beginning of a page is known: there is more of it than was fetched, or than was parsed. */
export const isInPart = (page: Pick<Retrieved, 'isCut'>, parsed: Pick<Parsed, 'isCut'>): boolean =>
  page.isCut || parsed.isCut
