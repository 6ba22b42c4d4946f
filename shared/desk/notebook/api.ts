import { z } from 'zod'
import { type Endpoint, id } from '../../people/rights/endpoint.ts'
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
  addNotePicture: {
    method: 'POST',
    path: '/api/notes/pictures',
    summary: 'Send a picture of a screen, which is the body as it is, for a note that is written next',
    needs: 'note.write',
    cost: 10,
    takes: 'application/octet-stream',
    body: z.unknown(),
    output: z.object({ id: z.int() }),
  },
  notePicture: {
    method: 'GET',
    path: '/api/notes/pictures/:id',
    summary: 'The picture of a note that may be read',
    needs: 'signedIn',
    cost: 5,
    params: id,
    output: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
    media: 'application/octet-stream',
  },
} as const satisfies Record<string, Endpoint>
