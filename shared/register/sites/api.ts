import { z } from 'zod'
import { rowId } from '../../base/ids.ts'
import { sentText } from '../../base/sent-text.ts'
import { type Endpoint, page, paging } from '../../people/rights/endpoint.ts'
import { LIFECYCLES, ownFilter, site } from './sites.ts'
import { siteState } from './states.ts'

export const district = z.object({
  code: z.string(),
  name: z.string(),
  nameEn: z.string(),
  total: z.int(),
  counts: z.record(siteState, z.int()),
})

export type District = z.infer<typeof district>

/** Sites as lists, and the groups that they are in. */
export const siteEndpoints = {
  districts: {
    method: 'GET',
    path: '/api/districts',
    summary: 'Districts with their counts by state',
    needs: 'signedIn',
    output: z.array(district),
  },
  sites: {
    method: 'GET',
    path: '/api/sites',
    summary: 'Sites of the own scope',
    needs: 'signedIn',
    cost: 2,
    query: z.object({
      district: z.string().optional(),
      /** `wrong`: all that somebody has to act on. */
      state: z.union([siteState, z.literal('wrong')]).optional(),
      q: sentText.max(100).optional(),
      lifecycle: z.enum(LIFECYCLES).optional(),
      unit: rowId.optional(),
      platform: sentText.max(200).optional(),
      ...ownFilter,
      /** `worst`: the worst first, and of those the latest; that list has no second page. */
      sort: z.enum(['id', 'worst']).default('id'),
      ...paging,
    }),
    output: page(site),
  },
} as const satisfies Record<string, Endpoint>
