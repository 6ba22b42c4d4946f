import { z } from 'zod'
import { type Endpoint, id, page, paging } from '../../people/rights/endpoint.ts'
import { differencesOfDistrict, differingFilter, differingSite, siteImprint } from './imprints.ts'

/** What home pages say of themselves, held against the register. */
export const imprintEndpoints = {
  siteImprint: {
    method: 'GET',
    path: '/api/sites/:id/imprint',
    summary:
      'What the home page of a site says of itself, held against the register: agrees, differs or not measured, with the reason',
    needs: 'signedIn',
    params: id,
    output: siteImprint,
  },
  differences: {
    method: 'GET',
    path: '/api/register/differences',
    summary: 'By district, how many home pages say otherwise than the register, and in what',
    needs: 'signedIn',
    cost: 5,
    output: z.array(differencesOfDistrict),
  },
  differingSites: {
    method: 'GET',
    path: '/api/register/differing',
    summary: 'The sites whose home page says otherwise than the register, with what each says',
    needs: 'signedIn',
    cost: 2,
    query: differingFilter.extend(paging),
    output: page(differingSite),
  },
} as const satisfies Record<string, Endpoint>
