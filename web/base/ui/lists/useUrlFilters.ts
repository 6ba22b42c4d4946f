import { type ComputedRef, computed } from 'vue'
import { type LocationQueryRaw, type LocationQueryValue, useRoute, useRouter } from 'vue-router'

type Filters = Record<string, string>

const first = (value: LocationQueryValue | LocationQueryValue[] | undefined): string =>
  (Array.isArray(value) ? value[0] : value) ?? ''

/** The filters that a query string says; what it does not say has its default. */
export function filtersFrom<F extends Filters>(
  query: Readonly<Record<string, LocationQueryValue | LocationQueryValue[] | undefined>>,
  defaults: F,
): F {
  const entries = Object.entries(defaults).map(([name, value]) => [name, first(query[name]) || value])
  return Object.fromEntries(entries) as F
}

/** The query string of `filters`: defaults are left out, so that a plain list has a plain address. */
export function queryFrom<F extends Filters>(filters: F, defaults: F): Record<string, string> {
  return Object.fromEntries(Object.entries(filters).filter(([name, value]) => value !== defaults[name]))
}

export interface UrlFilters<F extends Filters> {
  readonly filters: ComputedRef<F>
  /** Changes some of them; the address follows without a step in the history. */
  set(patch: Partial<F>): void
  /** Whether anything is filtered. */
  readonly isFiltered: ComputedRef<boolean>
  reset(): void
}

/**
 * Filters of a list that live in the address, so that a list can be bookmarked, sent and reloaded.
 * @param defaults every filter with the value that means "not filtered".
 */
export function useUrlFilters<F extends Filters>(defaults: F): UrlFilters<F> {
  const route = useRoute()
  const router = useRouter()
  // The same object as long as they say the same: something else in the address (an open alert) is no new filter.
  const filters = computed<F>((before) => {
    const said = filtersFrom(route.query, defaults)
    return before && Object.keys(said).every((name) => before[name] === said[name]) ? before : said
  })
  const go = (next: F) => {
    const others = Object.entries(route.query).filter(([name]) => !(name in defaults))
    const query: LocationQueryRaw = { ...Object.fromEntries(others), ...queryFrom(next, defaults) }
    void router.replace({ query })
  }
  return {
    filters,
    set: (patch) => go({ ...filters.value, ...patch }),
    isFiltered: computed(() => Object.keys(queryFrom(filters.value, defaults)).length > 0),
    reset: () => go(defaults),
  }
}
