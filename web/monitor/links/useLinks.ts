import { onScopeDispose } from 'vue'
import type { LinkReport } from '../../../shared/monitor/links/links.ts'
import { call } from '../../base/call.ts'
import { type Remote, useRemote } from '../../base/ui/lists/useRemote.ts'

const LOOK_MS = 3_000

/** The last scan of a site; looked at again while it is under way and somebody sees the page. */
export function useLinks(siteId: () => number): Remote<LinkReport> {
  const report = useRemote(siteId, (id) => call('links', { params: { id } }))
  const timer = setInterval(() => {
    if (report.data.value?.scan?.state === 'running' && !document.hidden) void report.reload()
  }, LOOK_MS)
  onScopeDispose(() => clearInterval(timer))
  return report
}
