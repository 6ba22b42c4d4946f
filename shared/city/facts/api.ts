import { z } from 'zod'
import { rowId } from '../../base/ids.ts'
import { sentInstant } from '../../base/instant.ts'
import { costOfRows, type Endpoint, page, paging } from '../../people/rights/endpoint.ts'
import { fact } from '../facts.ts'

/** The log of facts. */
export const factEndpoints = {
  facts: {
    method: 'GET',
    path: '/api/facts',
    summary: 'The fact log, newest first',
    needs: 'signedIn',
    cost: costOfRows(3, 50),
    query: z.object({
      siteId: rowId.optional(),
      alertId: rowId.optional(),
      rectificationId: rowId.optional(),
      /** From then until before then. */
      from: sentInstant.optional(),
      to: sentInstant.optional(),
      district: z.string().max(30).optional(),
      /** `true`: the log of a shift: what people did, and what befell many sites at once or the monitor itself. */
      people: z
        .literal('true')
        .transform(() => true)
        .optional(),
      ...paging,
    }),
    output: page(fact),
  },
} as const satisfies Record<string, Endpoint>
