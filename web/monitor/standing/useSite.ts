import { watch } from 'vue'
import { MINUTE } from '../../../shared/base/time.ts'
import type { SiteDetail } from '../../../shared/monitor/standing/standing.ts'
import { call } from '../../base/call.ts'
import { useCity } from '../../base/live/store.ts'
import { type Query, useQuery } from '../../base/ui/lists/useQuery.ts'

/**
 * One site in full, fetched anew after each visit and each fact about it; each minute where there are more sites than a board
 * holds, of whose visits nothing is heard.
 */
export function useSite(id: () => number): Query<SiteDetail> {
  const city = useCity()
  const site = useQuery(id, (one) => call('site', { params: { id: one } }), {
    facts: (fact) => fact.siteId === id(),
    again: { everyMs: MINUTE, when: () => city.isSummed },
  })
  watch(
    () => !city.isSummed && city.pulses && city.board.sites.get(id())?.lastVisitAt,
    (at, before) => {
      if (at && before && at !== before) void site.reload()
    },
  )
  return site
}
