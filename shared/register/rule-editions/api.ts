import { z } from 'zod'
import type { Endpoint } from '../../people/rights/endpoint.ts'
import { changeInput, copyInput, editionBody, editionItem, publishInput, retireInput } from './editions.ts'

const code = z.object({ code: z.string().max(30) })

/** Editions of the census rules. */
export const editionEndpoints = {
  editions: {
    method: 'GET',
    path: '/api/editions',
    summary: 'Editions of the census rules, and which one is in force',
    needs: 'signedIn',
    output: z.array(editionItem),
  },
  edition: {
    method: 'GET',
    path: '/api/editions/:code',
    summary:
      'An edition in whole: rules with their wording, windows, thresholds, points, and what replaces what',
    needs: 'signedIn',
    params: code,
    query: z.object({ revision: z.coerce.number().int().min(1).max(10_000).optional() }),
    output: editionBody,
  },
  copyEdition: {
    method: 'POST',
    path: '/api/editions',
    summary: 'Begin an edition of one’s own as a copy of another, or the next revision of one that there is',
    needs: 'settings.manage',
    body: copyInput,
    output: editionItem,
  },
  changeEdition: {
    method: 'POST',
    path: '/api/editions/:code/change',
    summary: 'Change the draft of an edition; one that contradicts itself is refused with the place',
    needs: 'settings.manage',
    params: code,
    body: changeInput,
    output: editionItem,
  },
  discardEdition: {
    method: 'POST',
    path: '/api/editions/:code/discard',
    summary: 'Throw the draft of an edition away',
    needs: 'settings.manage',
    params: code,
    body: changeInput.pick({ version: true }),
    output: z.object({ code: z.string() }),
  },
  publishEdition: {
    method: 'POST',
    path: '/api/editions/:code/publish',
    summary: 'Publish the draft of an edition, in force from a day on; it stays as it is from then on',
    needs: 'settings.manage',
    params: code,
    body: publishInput,
    output: editionItem,
  },
  retireEdition: {
    method: 'POST',
    path: '/api/editions/:code/retire',
    summary: 'Take a published edition out of force from today on; what was in force before it is again',
    needs: 'settings.manage',
    params: code,
    body: retireInput,
    output: editionItem,
  },
} as const satisfies Record<string, Endpoint>
