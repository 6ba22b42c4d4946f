import type { SiteColumns } from '../../../shared/monitor/columns/columns.ts'
import { call } from '../../base/call.ts'
import { useFactRefresh } from '../../base/facts/useFactRefresh.ts'
import { type Remote, useRemote } from '../../base/ui/lists/useRemote.ts'

/** The columns of a site, fetched anew with each of its facts and whenever `key` changes, as after a reading. */
export function useColumns(siteId: () => number, key: () => string | null): Remote<SiteColumns> {
  const columns = useRemote(
    () => [siteId(), key()] as const,
    ([id]) => call('siteColumns', { params: { id } }),
    ([id]) => id,
  )
  useFactRefresh((fact) => fact.siteId === siteId(), columns.reload)
  return columns
}
