import { type Endpoint, id } from '../../people/rights/endpoint.ts'
import { sitePreview } from './score.ts'

/** What the rules would make of a site today. */
export const scoreEndpoints = {
  sitePreview: {
    method: 'GET',
    path: '/api/sites/:id/preview',
    summary: 'What the part of the 2015 census that a monitor measures would cost a site now',
    needs: 'signedIn',
    params: id,
    output: sitePreview,
  },
} as const satisfies Record<string, Endpoint>
