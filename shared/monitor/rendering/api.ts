import { type Endpoint, id } from '../../people/rights/endpoint.ts'
import { siteRendering } from './rendering.ts'

/** The home page of a site as a browser draws it. */
export const renderingEndpoints = {
  siteRendering: {
    method: 'GET',
    path: '/api/sites/:id/rendering',
    summary:
      'How the home page of a site reads as its server sends it and as a browser draws it, and which of the two counts',
    needs: 'signedIn',
    params: id,
    output: siteRendering,
  },
  renderSite: {
    method: 'POST',
    path: '/api/sites/:id/rendering',
    summary: 'Have the home page of a site drawn by a browser and read now',
    needs: 'site.visit',
    cost: 20,
    params: id,
    output: siteRendering,
  },
} as const satisfies Record<string, Endpoint>
