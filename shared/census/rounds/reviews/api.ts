import { z } from 'zod'
import { rowId } from '../../../base/ids.ts'
import { type Endpoint, id, page, paging } from '../../../people/rights/endpoint.ts'
import { round } from '../rounds.ts'
import { assignment, reassignment, review, reviewDetail, submission } from './reviews.ts'
import '../rights.ts'

/** Who looks at the sites of a spot check, and what they come to. */
export const reviewEndpoints = {
  assignReviews: {
    method: 'POST',
    path: '/api/rounds/:id/assign',
    summary:
      'Give every look that nobody has to these people: evenly, and to nobody who answers for the site',
    needs: 'round.manage',
    params: id,
    body: assignment,
    output: round,
  },
  reviews: {
    method: 'GET',
    path: '/api/reviews',
    summary: 'The looks of whoever asks; of whoever manages rounds those of all, with `round`',
    needs: 'signedIn',
    query: z.object({
      round: rowId.optional(),
      open: z.enum(['true', 'false']).optional(),
      ...paging,
    }),
    output: page(review),
  },
  review: {
    method: 'GET',
    path: '/api/reviews/:id',
    summary:
      'One look: the site, what the monitor has counted (for the first), what two others found (for the third)',
    needs: 'signedIn',
    params: id,
    output: reviewDetail,
  },
  submitReview: {
    method: 'POST',
    path: '/api/reviews/:id/submit',
    summary: 'Submit what was counted by rule; it stays as it is',
    needs: 'round.review',
    params: id,
    body: submission,
    output: reviewDetail,
  },
  reassignReview: {
    method: 'POST',
    path: '/api/reviews/:id/reassign',
    summary: 'Give a look that is not in to another person, who does not answer for the site',
    needs: 'round.manage',
    params: id,
    body: reassignment,
    output: reviewDetail,
  },
} as const satisfies Record<string, Endpoint>
