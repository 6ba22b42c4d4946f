import { z } from 'zod'
import { type Endpoint, id } from '../../people/rights/endpoint.ts'
import { siteRecord } from '../ledger/ledger.ts'
import '../ledger/rights.ts'
import { likelyDuplicates, mergeInput, siteKin, splitInput, undoInput } from './merges.ts'

/** Entries of the register that are one site, and one that is two. */
export const mergeEndpoints = {
  likelyDuplicates: {
    method: 'GET',
    path: '/api/register/duplicates',
    summary:
      'Sites that may be entered twice: the same home page, the same name in a district, the same ICP number',
    needs: 'register.edit',
    cost: 10,
    output: z.array(likelyDuplicates),
  },
  siteKin: {
    method: 'GET',
    path: '/api/sites/:id/kin',
    summary: 'What a site was merged into or made of, and what was merged into it or made of it',
    needs: 'signedIn',
    params: id,
    output: siteKin,
  },
  mergeSites: {
    method: 'POST',
    path: '/api/sites/:id/merge',
    summary:
      'Merge another site into this one, which stays: the other is visited and counted no more, its code is a former one, nothing of it is deleted. 409: one of the two has changed since that version',
    needs: 'register.place',
    params: id,
    body: mergeInput,
    output: siteRecord,
  },
  splitSite: {
    method: 'POST',
    path: '/api/sites/:id/split',
    summary:
      'Make a site of its own out of this one, with its own code and address; what is left out is taken over. 409: this one has changed since that version',
    needs: 'register.place',
    params: id,
    body: splitInput,
    output: siteRecord,
  },
  undoMerge: {
    method: 'POST',
    path: '/api/merges/:id/undo',
    summary: 'Take a merge back. 409: something has been changed on one of the two since',
    needs: 'register.place',
    params: id,
    body: undoInput,
    output: siteKin,
  },
} as const satisfies Record<string, Endpoint>
