import { type Endpoint, id, page, paging } from '../../../people/rights/endpoint.ts'
import '../rights.ts'
import { closingReport, guardState, signInput, zeroFilter, zeroReport } from './guards.ts'

/** Guarded periods: who is on duty, who reports, what came of them. */
export const guardEndpoints = {
  guardState: {
    method: 'GET',
    path: '/api/rounds/:id/guard',
    summary:
      'How a guarded period is manned and reported on within the own scope: gaps of the roster, zero reports by district',
    needs: 'signedIn',
    cost: 5,
    params: id,
    output: guardState,
  },
  closingReport: {
    method: 'GET',
    path: '/api/rounds/:id/closing',
    summary:
      'The closing report of a guarded period: as it was made when the round was closed, else as of now',
    needs: 'signedIn',
    cost: 20,
    params: id,
    output: closingReport,
  },
  zeroReports: {
    method: 'GET',
    path: '/api/zero-reports',
    summary:
      'Zero reports within the own scope, the latest due first, those ahead left out; `open`: those that whoever asks is to sign',
    needs: 'signedIn',
    query: zeroFilter.extend(paging),
    output: page(zeroReport),
  },
  signZeroReport: {
    method: 'POST',
    path: '/api/zero-reports/:id/sign',
    summary:
      'Sign that nothing happened, or say what did; what is due there at the same hour for another guarded period is signed with it',
    needs: 'round.handIn',
    params: id,
    body: signInput,
    output: zeroReport,
  },
} as const satisfies Record<string, Endpoint>
