import { type ComputedRef, computed } from 'vue'
import type { BoardSite } from '../../../shared/city/board.ts'
import { SITE_STATES } from '../../../shared/register/sites/states-rules.ts'
import { call } from '../../base/call.ts'
import { useAsOf } from '../../base/live/as-of.ts'
import { useCity } from '../../base/live/store.ts'
import { useQuery } from '../../base/ui/lists/useQuery.ts'
import { listSites, type SiteFilters } from '../../register/sites/listing.ts'
import { onBoard } from './served.ts'

/** As many as a list is worked through; more are asked for by a filter. */
const MOST = 500

type Filters = Pick<SiteFilters, 'district' | 'state' | 'q' | 'sort'> & Partial<SiteFilters>

/**
 * The sites that the filters ask for where the board holds none: the worst of them from the server, asked again by the
 * minute. They are put in order here, of those that came.
 */
export function useServedSites(filters: () => Filters): {
  readonly sites: ComputedRef<readonly BoardSite[] | undefined>
  readonly total: ComputedRef<number>
} {
  const city = useCity()
  const asOf = useAsOf()
  const query = useQuery(
    () => (city.isSummed && asOf.value === null ? queryOf(filters()) : null),
    (wanted) => wanted && call('sites', { query: { ...wanted, sort: 'worst', limit: MOST } }),
    { of: () => null, again: 'minute' },
  )
  return {
    sites: computed(() => {
      const items = query.data.value?.items
      // The server has looked for the text already, and in more than is here.
      return items && listSites(items.map(onBoard), { ...filters(), q: '' })
    }),
    total: computed(() => query.data.value?.total ?? 0),
  }
}

function queryOf({ district, state, q, own, ownValue }: Filters) {
  const isState = state === 'wrong' || SITE_STATES.some((one) => one === state)
  return {
    ...(district && { district }),
    ...(isState && { state: state as 'wrong' }),
    ...(q.trim() && { q: q.trim() }),
    ...(own && { own, ...(ownValue && { ownValue }) }),
  }
}
