import { z } from 'zod'
import { type Endpoint, id, page, paging } from '../../people/rights/endpoint.ts'
import {
  ALONE_RULES,
  aloneSite,
  consolidation,
  MOVE_STATES,
  move,
  moveCancelled,
  moveDone,
  newMove,
  platform,
  platformImpact,
  platformSaid,
} from './consolidation.ts'
import './rights.ts'

const district = z.string().max(20).optional()
const name = z.string().min(1).max(200)

/** Consolidation: platforms, what moves to them, what still stands alone. */
export const consolidationEndpoints = {
  platforms: {
    method: 'GET',
    path: '/api/platforms',
    summary:
      'Platforms with their owner, what they carry and how often they failed; the largest first, 500 at most',
    needs: 'signedIn',
    cost: 5,
    output: z.array(platform),
  },
  keepPlatform: {
    method: 'POST',
    path: '/api/platforms',
    summary:
      'Say whose a platform is, where it is, and whether it is a shared one. 409: somebody has said otherwise since that version',
    needs: 'platform.keep',
    body: platformSaid,
    output: platform,
  },
  platformImpact: {
    method: 'GET',
    path: '/api/platforms/impact',
    summary: 'What one failure of a platform takes down, and what its failures took down; 200 sites at most',
    needs: 'signedIn',
    cost: 5,
    query: z.object({ name }),
    output: platformImpact,
  },
  consolidation: {
    method: 'GET',
    path: '/api/consolidation',
    summary: 'By district how many sites are on shared platforms, and how that has gone on for two years',
    needs: 'signedIn',
    cost: 5,
    query: z.object({ district }),
    output: consolidation,
  },
  standingAlone: {
    method: 'GET',
    path: '/api/consolidation/alone',
    summary: 'Sites that stand alone though a rule says that they should not, with the rule',
    needs: 'signedIn',
    cost: 5,
    query: z.object({
      district,
      rule: z.enum(ALONE_RULES.map(({ id: rule }) => rule) as [string, ...string[]]).optional(),
      ...paging,
    }),
    output: page(aloneSite),
  },
  moves: {
    method: 'GET',
    path: '/api/moves',
    summary: 'Which sites are to move to which platform, and which have, newest first',
    needs: 'signedIn',
    query: z.object({
      state: z.enum(MOVE_STATES).optional(),
      district,
      to: name.optional(),
      late: z.enum(['true', 'false']).optional(),
      ...paging,
    }),
    output: page(move),
  },
  planMove: {
    method: 'POST',
    path: '/api/moves',
    summary: 'Plan that a site moves to a platform on a day',
    needs: 'move.plan',
    body: newMove,
    output: move,
  },
  finishMove: {
    method: 'POST',
    path: '/api/moves/:id/done',
    summary: 'Say that it has moved: the register has it on that platform from then on',
    needs: 'move.plan',
    params: id,
    body: moveDone,
    output: move,
  },
  cancelMove: {
    method: 'POST',
    path: '/api/moves/:id/cancel',
    summary: 'Take the plan back, with the reason',
    needs: 'move.plan',
    params: id,
    body: moveCancelled,
    output: move,
  },
} as const satisfies Record<string, Endpoint>
