import type { ViewList } from '../../../shared/desk/views/views-rules.ts'
import type { WordKey } from '../../../shared/locales/keys.ts'
import type { Action } from '../../../shared/people/rights/rights-rules.ts'

export type Filters = Record<string, string>

/** A view that a list has from the start. */
export interface StandingView {
  readonly key: string
  readonly word: WordKey
  readonly query: Readonly<Filters>
  /** It is for whoever may do this; for everybody where it does not say. */
  readonly needs?: Action
}

/** What can be kept as views of a list. */
export interface ListViews<F extends Filters = Filters> {
  readonly list: ViewList
  /** Every filter of the list with the value that filters nothing. */
  readonly none: F
  /** Those that say how it is shown, not what: they stay as they are where a view does not say them. */
  readonly kept: readonly string[]
  readonly standing: readonly StandingView[]
}

/** All filters of a view: what it does not say filters nothing, what this program does not know is left out. */
export function filtersOf<F extends Filters>({ none }: ListViews<F>, query: Readonly<Filters>): F {
  const known = Object.entries(query).filter(([name]) => name in none)
  return { ...none, ...Object.fromEntries(known) }
}

/** The filters to which a view leads from a list as it is. */
export function filtersFor<F extends Filters>(of: ListViews<F>, query: Readonly<Filters>, now: F): F {
  const kept = Object.fromEntries(of.kept.map((name) => [name, now[name] ?? '']))
  return filtersOf(of, { ...kept, ...query })
}

/** Whether a list shows a view. */
export function shows<F extends Filters>(of: ListViews<F>, filters: F, query: Readonly<Filters>): boolean {
  const wanted = filtersFor(of, query, filters)
  return Object.keys(of.none).every((name) => filters[name] === wanted[name])
}
