import { z } from 'zod'
import { type Endpoint, id } from '../../people/rights/endpoint.ts'
import { evidenceDetail, siteEvidence } from '../freshness/evidence.ts'

/** The pages that verdicts rest on. */
export const evidenceEndpoints = {
  siteEvidence: {
    method: 'GET',
    path: '/api/sites/:id/evidence',
    summary: 'Pages of a site kept when its verdict changed, newest first',
    needs: 'signedIn',
    params: id,
    output: z.array(siteEvidence),
  },
  evidence: {
    method: 'GET',
    path: '/api/evidence/:id',
    summary: 'One kept page, and how its text differs from the copy before it',
    needs: 'signedIn',
    cost: 5,
    params: id,
    output: evidenceDetail,
  },
  evidencePage: {
    method: 'GET',
    path: '/api/evidence/:id/page',
    summary: 'A kept page as an inert document: no script, no form, no request to anywhere',
    needs: 'signedIn',
    cost: 5,
    params: id,
    output: z.string(),
    media: 'text/html',
  },
} as const satisfies Record<string, Endpoint>
