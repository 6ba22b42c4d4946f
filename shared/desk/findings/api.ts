import { sayInput, siteSignals } from '../../monitor/findings/findings.ts'
import { type Endpoint, id } from '../../people/rights/endpoint.ts'

/** The two signals of how fresh a site is, and what a person says above them. */
export const findingEndpoints = {
  siteSignals: {
    method: 'GET',
    path: '/api/sites/:id/signals',
    summary: 'Dates, new items and what a person found: how fresh a site is',
    needs: 'signedIn',
    params: id,
    output: siteSignals,
  },
  sayFinding: {
    method: 'POST',
    path: '/api/sites/:id/finding',
    summary: 'Say how fresh a site is, above what the monitor finds',
    needs: 'site.judge',
    params: id,
    body: sayInput,
    output: siteSignals,
  },
  withdrawFinding: {
    method: 'DELETE',
    path: '/api/sites/:id/finding',
    summary: 'Take back what was said, so that the monitor judges again',
    needs: 'site.judge',
    params: id,
    output: siteSignals,
  },
} as const satisfies Record<string, Endpoint>
