import { z } from 'zod'
import { sentText } from '../../base/sent-text.ts'
import type { Endpoint } from '../../people/rights/endpoint.ts'
import { foundOfKind } from './search.ts'
import { FOUND_KINDS, LISTED, MOST_LISTED, MOST_TYPED } from './search-rules.ts'

const kinds = z
  .string()
  .max(200)
  .transform((text) => text.split(','))
  .pipe(z.array(z.enum(FOUND_KINDS)))

/** One field for everything. */
export const searchEndpoints = {
  search: {
    method: 'GET',
    path: '/api/search',
    summary: 'Find sites, units, people, letters and what else there is by name, number or pinyin',
    needs: 'signedIn',
    cost: 3,
    query: z.object({
      q: sentText.max(MOST_TYPED),
      kinds: kinds.optional().describe(`Some of ${FOUND_KINDS.join(', ')}, with commas between`),
      limit: z.coerce.number().int().min(1).max(MOST_LISTED).default(LISTED),
    }),
    output: z.array(foundOfKind),
  },
} as const satisfies Record<string, Endpoint>
