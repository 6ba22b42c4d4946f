import { type Endpoint, id } from '../../people/rights/endpoint.ts'
import { siteLine } from './line.ts'

/** How a site is reached. */
export const lineEndpoints = {
  siteLine: {
    method: 'GET',
    path: '/api/sites/:id/line',
    summary:
      'The line of a site as it was seen last: IPv6, HTTPS, protective headers with their grade, and how long its home page takes',
    needs: 'signedIn',
    params: id,
    output: siteLine,
  },
} as const satisfies Record<string, Endpoint>
