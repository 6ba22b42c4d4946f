import { z } from 'zod'
import type { Endpoint } from '../../../people/rights/endpoint.ts'
import { rankedMonth, ranking, rankingAnswer } from './ranking.ts'
import '../rights.ts'

/** Anything may be asked for; what is no month that was published is answered as not there. */
const word = z.string().max(40)
const asked = z.object({ month: word.optional(), lang: z.string().max(10).optional() })

/** The months of the hotline: for the office, and for everybody once they are published. */
export const letterRankingEndpoints = {
  letterRanking: {
    method: 'GET',
    path: '/api/letters/ranking',
    summary: 'Letters that fell due in a month, by department; fixed once it is published',
    needs: 'letter.read',
    cost: 10,
    query: z.object({ month: rankedMonth.optional() }),
    output: rankingAnswer,
  },
  publishRanking: {
    method: 'POST',
    path: '/api/letters/ranking',
    summary: 'Publish a month that is over; it is fixed from then on',
    needs: 'letter.publish',
    cost: 10,
    body: z.object({ month: rankedMonth }),
    output: rankingAnswer,
  },
  publicHotline: {
    method: 'GET',
    path: '/public/hotline',
    summary: 'The page of a published month, for everybody; without one, of the last',
    needs: 'open',
    query: asked,
    output: z.string(),
    media: 'text/html',
  },
  publicHotlineData: {
    method: 'GET',
    path: '/public/hotline.json',
    summary: 'A published month as data',
    needs: 'open',
    query: asked,
    output: ranking.extend({ published: z.array(rankedMonth) }),
  },
  publicHotlineTable: {
    method: 'GET',
    path: '/public/hotline.csv',
    summary: 'A published month as a table',
    needs: 'open',
    query: asked,
    output: z.string(),
    media: 'text/csv',
  },
  publicLetters: {
    method: 'GET',
    path: '/public/hotline/letters',
    summary: 'The page of the letters of a month that everybody may read, by department and kind',
    needs: 'open',
    query: asked.extend({ unit: word.optional(), kind: word.optional(), page: word.optional() }),
    output: z.string(),
    media: 'text/html',
  },
  publicLetter: {
    method: 'GET',
    path: '/public/hotline/letters/:number',
    summary: 'The page of one letter that everybody may read, with its answer',
    needs: 'open',
    params: z.object({ number: word }),
    query: asked.pick({ lang: true }),
    output: z.string(),
    media: 'text/html',
  },
} as const satisfies Record<string, Endpoint>
