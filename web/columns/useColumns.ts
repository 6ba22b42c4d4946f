import type { SiteColumns } from '../../shared/columns.ts'
import { useFactRefresh } from '../audit/useFactRefresh.ts'
import { call } from '../call.ts'
import { type Remote, useRemote } from '../ui/useRemote.ts'

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
