import { z } from 'zod'
import { type Endpoint, id } from '../../people/rights/endpoint.ts'
import { newView, savedView } from './views.ts'

/** Saved views of lists. */
export const viewEndpoints = {
  views: {
    method: 'GET',
    path: '/api/views',
    summary: 'Own saved views of all lists, and those that are shared',
    needs: 'person',
    output: z.array(savedView),
  },
  saveView: {
    method: 'POST',
    path: '/api/views',
    summary: 'Save filters of a list under a name; the same name again replaces its view',
    needs: 'person',
    body: newView,
    output: savedView,
  },
  deleteView: {
    method: 'DELETE',
    path: '/api/views/:id',
    summary: 'Delete a saved view',
    needs: 'person',
    params: id,
  },
} as const satisfies Record<string, Endpoint>
