import { type Endpoint, id } from '../../people/rights/endpoint.ts'
import { siteVantages } from './vantages.ts'

/** What is seen of a site from other places. */
export const vantageEndpoints = {
  siteVantages: {
    method: 'GET',
    path: '/api/sites/:id/vantages',
    summary:
      'What each place from which sites are looked at saw last of a site; it is down when at least half of those that looked do not reach it',
    needs: 'signedIn',
    params: id,
    output: siteVantages,
  },
} as const satisfies Record<string, Endpoint>
