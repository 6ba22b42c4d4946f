import { z } from 'zod'
import { type Endpoint, id } from '../../people/rights/endpoint.ts'
import { columnClass, siteColumns } from './columns.ts'

/** The columns of a site. */
export const columnEndpoints = {
  siteColumns: {
    method: 'GET',
    path: '/api/sites/:id/columns',
    summary: 'The columns of a site, and what the rules say of them',
    needs: 'signedIn',
    params: id,
    output: siteColumns,
  },
  classifyColumn: {
    method: 'POST',
    path: '/api/sites/:id/columns/:columnId',
    summary: 'Say what a column is for, which confirms it',
    needs: 'column.classify',
    params: id.extend({ columnId: id.shape.id }),
    body: z.object({ class: columnClass }),
    output: siteColumns,
  },
} as const satisfies Record<string, Endpoint>
