import { z } from 'zod'
import { type Endpoint, id } from '../../people/rights/endpoint.ts'
import { linkReport, linkScan, scanInput } from './links.ts'

/** Scans of the links of a site. */
export const linkEndpoints = {
  links: {
    method: 'GET',
    path: '/api/sites/:id/links',
    summary: 'The last scan of a site for broken links, and what it found so far',
    needs: 'signedIn',
    params: id,
    output: linkReport,
  },
  startScan: {
    method: 'POST',
    path: '/api/sites/:id/scans',
    summary: 'Scan a site for broken links; what is not said is as at its last scan',
    needs: 'site.visit',
    cost: 20,
    params: id,
    body: scanInput,
    output: linkScan,
  },
  stopScan: {
    method: 'POST',
    path: '/api/scans/:id/stop',
    summary: 'Stop a scan; it can go on later',
    needs: 'site.visit',
    params: id,
    body: z.object({ version: z.int() }),
    output: linkScan,
  },
  resumeScan: {
    method: 'POST',
    path: '/api/scans/:id/resume',
    summary: 'Have a stopped scan go on where it was',
    needs: 'site.visit',
    params: id,
    body: z.object({ version: z.int() }),
    output: linkScan,
  },
} as const satisfies Record<string, Endpoint>
