import { watch } from 'vue'
import type { SiteDetail } from '../../../shared/register/sites/sites.ts'
import { call } from '../../base/call.ts'
import { useFactRefresh } from '../../base/facts/useFactRefresh.ts'
import { useCity } from '../../base/live/store.ts'
import { type Remote, useRemote } from '../../base/ui/lists/useRemote.ts'

/** One site in full, fetched anew after each visit and each fact about it. */
export function useSite(id: () => number): Remote<SiteDetail> {
  const city = useCity()
  const site = useRemote(id, (one) => call('site', { params: { id: one } }))
  useFactRefresh((fact) => fact.siteId === id(), site.reload)
  watch(
    () => city.pulses && city.board.sites.get(id())?.lastVisitAt,
    (at, before) => {
      if (at && before && at !== before) void site.reload()
    },
  )
  return site
}
