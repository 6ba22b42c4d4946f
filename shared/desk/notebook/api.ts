import { z } from 'zod'
import type { Endpoint } from '../../people/rights/endpoint.ts'
import { newNote } from './notebook.ts'
import './rights.ts'

/** Notes on anything that has no comments of its own. */
export const noteEndpoints = {
  writeNote: {
    method: 'POST',
    path: '/api/notes',
    summary:
      'Write something down about a site, a unit, a district or the whole, with the moment that it is about',
    needs: 'note.write',
    body: newNote,
    output: z.object({ seq: z.int() }),
  },
} as const satisfies Record<string, Endpoint>
