import type { LinkReport } from '../../../shared/monitor/links/links.ts'
import { call } from '../../base/call.ts'
import { type Query, useQuery } from '../../base/ui/lists/useQuery.ts'

const LOOK_MS = 3_000

/** The last scan of a site; looked at again while it is under way and somebody sees the page. */
export function useLinks(siteId: () => number): Query<LinkReport> {
  return useQuery(siteId, (id) => call('links', { params: { id } }), {
    again: { everyMs: LOOK_MS, when: (report) => report?.scan?.state === 'running' },
  })
}
