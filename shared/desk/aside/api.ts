import { z } from 'zod'
import { ASIDE_STATES, asideEntry } from '../../base/aside/aside.ts'
import { type Endpoint, id, page, paging } from '../../people/rights/endpoint.ts'

/** What cannot be done and was set aside. */
export const asideEndpoints = {
  aside: {
    method: 'GET',
    path: '/api/aside',
    summary: 'What could not be stored or done and was set aside, newest first',
    needs: 'metrics.read',
    query: z.object({ ...paging, state: z.enum(ASIDE_STATES).optional() }),
    output: page(asideEntry),
  },
  endAside: {
    method: 'POST',
    path: '/api/aside/:id/end',
    summary: 'Settle what was set aside: it is tried again, and comes back if it still cannot be done',
    needs: 'aside.end',
    params: id,
    output: asideEntry,
  },
} as const satisfies Record<string, Endpoint>
