import { z } from 'zod'
import type { Endpoint } from '../../people/rights/endpoint.ts'
import { summary } from './summary.ts'

/** How a place stands in a month. */
export const summaryEndpoints = {
  summary: {
    method: 'GET',
    path: '/api/summary',
    summary:
      'How the sites of the own scope stand in a month against the month before: scores, vetoes, who moved, rectifications, letters, rounds, two years back',
    needs: 'signedIn',
    cost: 20,
    query: z.object({
      /** The current one, unless said. */
      month: z
        .string()
        .regex(/^20\d\d-(0[1-9]|1[0-2])$/)
        .optional(),
    }),
    output: summary,
  },
} as const satisfies Record<string, Endpoint>
