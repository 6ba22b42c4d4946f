import { Router } from 'express'
import type { z } from 'zod'
import { api } from '../../../shared/api.ts'
import { HOUR, MINUTE, SECOND } from '../../../shared/base/time.ts'
import type { cityHistory } from '../../../shared/city/overview/api.ts'
import type { Scope } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import { sharedAnswers } from '../../base/http/shared-answers.ts'
import { serve } from '../../people/requests/route.ts'
import { walkBack } from './history.ts'
import { currentCounts, listDistricts, movesBetween } from './queries.ts'

/** A thousand walls ask at the same moment; the last point of an answer says what instant it is of. */
const FRESH_MS = 15 * SECOND

/** The city as a whole: its groups of sites now, and how its counts went. */
export function cityRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.districts, ({ user }) => listDistricts(ctx.db, user.scope))

  const histories = sharedAnswers<z.input<typeof cityHistory>>(ctx.clock, FRESH_MS)
  serve(router, api.cityHistory, ({ user: { scope }, query }) =>
    histories(JSON.stringify([scope, query]), () => historyOf(ctx, scope, query)),
  )
  return router
}

async function historyOf(
  ctx: Pick<Context, 'db' | 'clock'>,
  scope: Scope,
  { hours, stepMinutes, under }: { hours: number; stepMinutes: number; under?: string | undefined },
) {
  // Of when its turn comes.
  const to = ctx.clock.now()
  const steps = Math.floor((hours * HOUR) / (stepMinutes * MINUTE))
  const from = to - steps * stepMinutes * MINUTE
  const { counts, moves } = await ctx.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => ({
      counts: await currentCounts(tx, scope, under),
      moves: await movesBetween(tx, scope, { from, to, stepMinutes, under }),
    }))
  const points = walkBack(counts, moves, steps).map((at, step) => ({
    at: new Date(to - step * stepMinutes * MINUTE).toISOString(),
    counts: at,
  }))
  return { points: points.reverse() }
}
