import { z } from 'zod'
import type { Endpoint } from '../../people/rights/endpoint.ts'
import { editionBody, editionItem } from './editions.ts'

/** Editions of the census rules. */
export const editionEndpoints = {
  editions: {
    method: 'GET',
    path: '/api/editions',
    summary: 'Editions of the census rules, and which one is in force',
    needs: 'signedIn',
    output: z.array(editionItem),
  },
  edition: {
    method: 'GET',
    path: '/api/editions/:code',
    summary:
      'An edition in whole: rules with their wording, windows, thresholds, points, and what replaces what',
    needs: 'signedIn',
    params: z.object({ code: z.string().max(30) }),
    output: editionBody,
  },
} as const satisfies Record<string, Endpoint>
