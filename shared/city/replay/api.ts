import { z } from 'zod'
import { sentInstant } from '../../base/instant.ts'
import type { Endpoint } from '../../people/rights/endpoint.ts'
import { divisionCode } from '../../register/divisions/divisions.ts'
import { snapshot } from '../board.ts'
import { beginnings, factPage } from '../replay.ts'

/** Only what is of this division, as its board tells it; without it, all of the own scope. */
const under = { under: divisionCode.optional() }

/** The city of the past. */
export const replayEndpoints = {
  cityAt: {
    method: 'GET',
    path: '/api/city/at',
    summary: 'The board as it stood at an instant, within the own scope; visits are not part of it',
    needs: 'person',
    cost: 60,
    query: z.object({ at: sentInstant, ...under }),
    output: snapshot,
  },
  cityFacts: {
    method: 'GET',
    path: '/api/city/facts',
    summary: 'The facts after a number, oldest first, to go on from the board of an instant',
    needs: 'person',
    cost: 20,
    query: z.object({
      after: z.coerce.number().int().min(0),
      limit: z.coerce.number().int().min(1).max(2_000).default(500),
      ...under,
    }),
    output: factPage,
  },
  cityBeginnings: {
    method: 'GET',
    path: '/api/city/beginnings',
    summary: 'When outages, shared failures and violations began, the newest 1,000 of a range',
    needs: 'person',
    cost: 20,
    query: z.object({ from: sentInstant, to: sentInstant, ...under }),
    output: beginnings,
  },
} as const satisfies Record<string, Endpoint>
