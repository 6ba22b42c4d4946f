import { z } from 'zod'
import { type Endpoint, page, paging } from '../../people/rights/endpoint.ts'
import { ERRORS, qualityCase, qualityReport } from './quality.ts'

const rule = z.string().min(1).max(60)

/** How often the monitor errs. */
export const qualityEndpoints = {
  quality: {
    method: 'GET',
    path: '/api/quality',
    summary:
      'How often each rule errs: faults planted by night that were found and missed, look-alikes wrongly told of, and what people corrected',
    needs: 'signedIn',
    cost: 5,
    query: z.object({ nights: z.coerce.number().int().min(1).max(400).default(30), rule: rule.optional() }),
    output: qualityReport,
  },
  qualityCases: {
    method: 'GET',
    path: '/api/quality/cases',
    summary:
      'What was missed or wrongly told of, newest first; of the sites of whoever asks, and of the test site',
    needs: 'signedIn',
    cost: 2,
    query: z.object({ rule: rule.optional(), error: z.enum(ERRORS).optional(), ...paging }),
    output: page(qualityCase),
  },
} as const satisfies Record<string, Endpoint>
