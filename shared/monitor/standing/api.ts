import { z } from 'zod'
import { sentInstant } from '../../base/instant.ts'
import { type Endpoint, id } from '../../people/rights/endpoint.ts'
import { siteDetail, siteHistory } from './standing.ts'

/** How a site stands: in full, its history, and a visit that somebody asks for. */
export const standingEndpoints = {
  site: {
    method: 'GET',
    path: '/api/sites/:id',
    summary: 'One site in full',
    needs: 'signedIn',
    params: id,
    output: siteDetail,
  },
  siteHistory: {
    method: 'GET',
    path: '/api/sites/:id/history',
    summary: 'Visits and changes of one site',
    needs: 'signedIn',
    cost: 10,
    params: id,
    query: z.object({
      from: sentInstant.optional(),
      to: sentInstant.optional(),
    }),
    output: siteHistory,
  },
  visitSite: {
    method: 'POST',
    path: '/api/sites/:id/visit',
    summary: 'Have the monitor visit the site now',
    needs: 'site.visit',
    cost: 10,
    params: id,
  },
} as const satisfies Record<string, Endpoint>
