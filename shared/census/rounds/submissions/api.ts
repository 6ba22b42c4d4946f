import { z } from 'zod'
import { rowId } from '../../../base/ids.ts'
import { type Endpoint, id, page, paging } from '../../../people/rights/endpoint.ts'
import '../rights.ts'
import {
  acceptInput,
  draftInput,
  handInInput,
  returnInput,
  submission,
  submissionDetail,
} from './submissions.ts'
import { SUBMISSION_STATES } from './submissions-rules.ts'

/** Self-checks of units and reports of districts. */
export const submissionEndpoints = {
  submissions: {
    method: 'GET',
    path: '/api/submissions',
    summary:
      'Self-checks and reports within the own scope, newest first; `open`: those that whoever asks is to hand in',
    needs: 'signedIn',
    query: z.object({
      round: rowId.optional(),
      state: z.enum(SUBMISSION_STATES).optional(),
      district: z.string().max(12).optional(),
      open: z.enum(['true', 'false']).optional(),
      ...paging,
    }),
    output: page(submission),
  },
  submission: {
    method: 'GET',
    path: '/api/submissions/:id',
    summary:
      'One self-check or report, with what the monitor knows: as of now, or as of when it was handed in',
    needs: 'signedIn',
    cost: 5,
    params: id,
    output: submissionDetail,
  },
  draftSubmission: {
    method: 'POST',
    path: '/api/submissions/:id/draft',
    summary: 'Keep what is written so far',
    needs: 'round.handIn',
    cost: 5,
    params: id,
    body: draftInput,
    output: submissionDetail,
  },
  handInSubmission: {
    method: 'POST',
    path: '/api/submissions/:id/hand-in',
    summary: 'Sign and hand in; after the last day it is late, after the round has ended it is refused',
    needs: 'round.handIn',
    cost: 5,
    params: id,
    body: handInInput,
    output: submissionDetail,
  },
  returnSubmission: {
    method: 'POST',
    path: '/api/submissions/:id/return',
    summary: 'Give it back to be mended, for a reason',
    needs: 'round.accept',
    params: id,
    body: returnInput,
    output: submissionDetail,
  },
  acceptSubmission: {
    method: 'POST',
    path: '/api/submissions/:id/accept',
    summary: 'Accept what was handed in',
    needs: 'round.accept',
    params: id,
    body: acceptInput,
    output: submissionDetail,
  },
} as const satisfies Record<string, Endpoint>
