import { z } from 'zod'
import { type Endpoint, page, paging } from '../../people/rights/endpoint.ts'
import { SHEET_OUTCOMES } from '../score-sheets/sheets-rules.ts'
import { summary, summarySite } from './summary.ts'

/** The current one, unless said. */
const month = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/)

/** How a place stands in a month. */
export const summaryEndpoints = {
  summary: {
    method: 'GET',
    path: '/api/summary',
    summary:
      'How the sites of the own scope stand in a month against the month before: scores, vetoes, who moved, rectifications, letters, rounds, two years back',
    needs: 'signedIn',
    cost: 20,
    query: z.object({ month: month.optional() }),
    output: summary,
  },
  summarySites: {
    method: 'GET',
    path: '/api/summary/sites',
    summary:
      'The sites behind a number of the month at a glance: of a district, a veto, an outcome, a tenth of the score',
    needs: 'signedIn',
    cost: 5,
    query: z.object({
      month: month.optional(),
      district: z.string().max(20).optional(),
      rule: z.string().max(10).optional(),
      outcome: z.enum(SHEET_OUTCOMES).optional(),
      /** Of ten equal parts of the score, 0 the lowest. */
      ten: z.coerce.number().int().min(0).max(9).optional(),
      ...paging,
    }),
    output: page(summarySite),
  },
} as const satisfies Record<string, Endpoint>
