import type { SiteState } from '../../../shared/register/sites/states.ts'
import { severityOf, WRONG_STATES } from '../../../shared/register/sites/states-rules.ts'

/** What the list of sites needs of one. */
export interface ListedSite {
  readonly id: number
  readonly code: string
  readonly name: string
  readonly district: string
  readonly state: SiteState
  readonly stateSince: string
  readonly share: number | null
  readonly newest: string | null
  readonly latencyMs: number | null
}

export interface SiteFilters {
  readonly district: string
  /** A state, `wrong` for all that somebody has to act on, or an empty string. */
  readonly state: string
  readonly q: string
  readonly sort: string
  /** A field of one's own, and what it is to say; '' there: those of which it says nothing. */
  readonly own: string
  readonly ownValue: string
  /** Keys of fields of one's own that are columns, with commas between them. */
  readonly columns: string
}

/** Every filter with the value that filters nothing. */
export const NO_SITE_FILTERS = {
  ...{ district: '', state: '', q: '', sort: 'worst' },
  ...{ own: '', ownValue: '', columns: '' },
} satisfies SiteFilters

export const SORTS = ['worst', 'code', 'name', 'since', 'share', 'newest', 'latency'] as const
export type Sort = (typeof SORTS)[number]

type Order = (a: ListedSite, b: ListedSite) => number
const byCode: Order = (a, b) => a.code.localeCompare(b.code)
const collator = new Intl.Collator('zh-CN')
/** Highest first; what was not measured last. */
const highest =
  (of: (site: ListedSite) => number | null): Order =>
  (a, b) =>
    (of(b) ?? -1) - (of(a) ?? -1)

const ORDERS: Record<Sort, Order> = {
  worst: (a, b) => severityOf(a.state) - severityOf(b.state) || b.stateSince.localeCompare(a.stateSince),
  code: byCode,
  name: (a, b) => collator.compare(a.name, b.name),
  since: (a, b) => b.stateSince.localeCompare(a.stateSince),
  share: highest((site) => site.share),
  // Longest without news first; a page without any date longer than any.
  newest: (a, b) => (a.newest ?? '').localeCompare(b.newest ?? ''),
  latency: highest((site) => site.latencyMs),
}

function isSort(sort: string): sort is Sort {
  return Object.hasOwn(ORDERS, sort)
}

function hasState(site: ListedSite, state: string): boolean {
  if (state === '') return true
  if (state === 'wrong') return (WRONG_STATES as readonly SiteState[]).includes(site.state)
  return site.state === state
}

/**
 * The sites that the filters ask for, in their order (worst first unless another is asked for).
 * @param says whether a site says what is asked of a field of one's own: the board has none of them.
 * @param found ids that the server found for the text: addresses and units are not on the board.
 */
export function listSites<S extends ListedSite>(
  sites: Iterable<S>,
  filters: Pick<SiteFilters, 'district' | 'state' | 'q' | 'sort'>,
  found: ReadonlySet<number> = new Set(),
  says: (site: S) => boolean = () => true,
): S[] {
  const text = filters.q.trim().toLowerCase()
  const hasText = (site: S) =>
    text === '' || site.name.toLowerCase().includes(text) || site.code.includes(text) || found.has(site.id)
  const order = ORDERS[isSort(filters.sort) ? filters.sort : 'worst']
  return [...sites]
    .filter(
      (site) =>
        (filters.district === '' || site.district === filters.district) &&
        hasState(site, filters.state) &&
        hasText(site) &&
        says(site),
    )
    .sort((a, b) => order(a, b) || byCode(a, b))
}
