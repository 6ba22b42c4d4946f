import { watch } from 'vue'
import type { SiteDetail } from '../../shared/sites.ts'
import { useFactRefresh } from '../audit/useFactRefresh.ts'
import { call } from '../call.ts'
import { useCity } from '../city/store.ts'
import { type Remote, useRemote } from '../ui/useRemote.ts'

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
