import { z } from 'zod'
import { type Endpoint, id, page, paging } from '../../people/rights/endpoint.ts'
import { newRound, round, roundProgress, roundSite, seed, version, withReason } from './rounds.ts'
import { DRAWS, ROUND_KINDS, ROUND_STATES } from './rounds-rules.ts'
import './rights.ts'
import { completenessEndpoints } from './completeness/api.ts'
import { guardEndpoints } from './guards/api.ts'
import { reviewEndpoints } from './reviews/api.ts'
import { submissionEndpoints } from './submissions/api.ts'

/** Rounds of checks: what is due, what was drawn, how far it has come. */
export const roundEndpoints = {
  ...reviewEndpoints,
  ...submissionEndpoints,
  ...guardEndpoints,
  ...completenessEndpoints,
  rounds: {
    method: 'GET',
    path: '/api/rounds',
    summary: 'Rounds of checks, newest first, each with how much of it is done within the own scope',
    needs: 'signedIn',
    query: z.object({
      kind: z.enum(ROUND_KINDS).optional(),
      state: z.enum(ROUND_STATES).optional(),
      ...paging,
    }),
    output: page(round),
  },
  planRound: {
    method: 'POST',
    path: '/api/rounds',
    summary: 'Plan a round',
    needs: 'round.manage',
    body: newRound,
    output: round,
  },
  round: {
    method: 'GET',
    path: '/api/rounds/:id',
    summary: 'One round',
    needs: 'signedIn',
    params: id,
    output: round,
  },
  openRound: {
    method: 'POST',
    path: '/api/rounds/:id/open',
    summary: 'Open a round: rule edition and list of sites are fixed, and the hash of the list is published',
    needs: 'round.manage',
    params: id,
    body: version,
    output: round,
  },
  drawRound: {
    method: 'POST',
    path: '/api/rounds/:id/draw',
    summary: 'Draw the sites of a spot check with a seed that became known after the list was fixed',
    needs: 'round.manage',
    params: id,
    body: version.extend({ seed }),
    output: round,
  },
  pauseRound: {
    method: 'POST',
    path: '/api/rounds/:id/pause',
    summary:
      'Let a deep monitoring rest: what it has measured stays, nothing more is until it is gone on with',
    needs: 'round.manage',
    params: id,
    body: version,
    output: round,
  },
  resumeRound: {
    method: 'POST',
    path: '/api/rounds/:id/resume',
    summary: 'Go on with a deep monitoring where it was paused',
    needs: 'round.manage',
    params: id,
    body: version,
    output: round,
  },
  closeRound: {
    method: 'POST',
    path: '/api/rounds/:id/close',
    summary: 'Close a round; a spot check once every site of it has a result',
    needs: 'round.manage',
    params: id,
    body: version,
    output: round,
  },
  voidRound: {
    method: 'POST',
    path: '/api/rounds/:id/void',
    summary: 'Declare a round void, for a reason; it stays in the list with its draw',
    needs: 'round.manage',
    params: id,
    body: withReason,
    output: round,
  },
  roundSites: {
    method: 'GET',
    path: '/api/rounds/:id/sites',
    summary:
      'The sites of a round within the own scope: by stratum and rank, or by code where nothing was drawn',
    needs: 'signedIn',
    params: id,
    query: z.object({
      draw: z.enum(DRAWS).optional(),
      ...paging,
      limit: z.coerce.number().int().min(1).max(1000).default(1000),
    }),
    output: page(roundSite),
  },
  roundProgress: {
    method: 'GET',
    path: '/api/rounds/:id/progress',
    summary: 'How far a round has come: in all, by district and by stratum, and how far two looks agree',
    needs: 'signedIn',
    params: id,
    output: roundProgress,
  },
  roundDraw: {
    method: 'GET',
    path: '/api/rounds/:id/draw.csv',
    summary: 'The published list of a spot check, with which anybody can repeat the draw',
    needs: 'signedIn',
    cost: 20,
    params: id,
    output: z.string(),
    media: 'text/csv',
  },
} as const satisfies Record<string, Endpoint>
