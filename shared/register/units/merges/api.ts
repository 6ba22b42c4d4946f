import { type Endpoint, id } from '../../../people/rights/endpoint.ts'
import '../../ledger/rights.ts'
import { unitKin, unitMergeInput, unitUndoInput } from './merges.ts'

/** Units that became one. */
export const unitMergeEndpoints = {
  unitKin: {
    method: 'GET',
    path: '/api/units/:id/kin',
    summary: 'What a unit was merged into, and what was merged into it',
    needs: 'signedIn',
    params: id,
    output: unitKin,
  },
  mergeUnits: {
    method: 'POST',
    path: '/api/units/:id/merge',
    summary:
      'Merge this unit into another of its district, or of any once it has no sites left: its sites, people and open rectifications go over; rounds that are open keep their list, and the other signs for it',
    needs: 'register.place',
    params: id,
    body: unitMergeInput,
    output: unitKin,
  },
  undoUnitMerge: {
    method: 'POST',
    path: '/api/unit-merges/:id/undo',
    summary: 'Take a merge of units back; what was changed since stays as it is',
    needs: 'register.place',
    params: id,
    body: unitUndoInput,
    output: unitKin,
  },
} as const satisfies Record<string, Endpoint>
