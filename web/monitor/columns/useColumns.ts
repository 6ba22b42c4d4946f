import type { SiteColumns } from '../../../shared/monitor/columns/columns.ts'
import { call } from '../../base/call.ts'
import { type Query, useQuery } from '../../base/ui/lists/useQuery.ts'

/** The columns of a site, fetched anew with each of its facts and whenever `key` changes, as after a reading. */
export function useColumns(siteId: () => number, key: () => string | null): Query<SiteColumns> {
  const columns = useQuery(
    () => [siteId(), key()] as const,
    ([id]) => call('siteColumns', { params: { id } }),
    { of: ([id]) => id, facts: (fact) => fact.siteId === siteId() },
  )
  return columns
}
