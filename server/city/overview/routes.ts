import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import { HOUR, MINUTE } from '../../../shared/base/time.ts'
import type { Context } from '../../base/context.ts'
import { serve } from '../../people/requests/route.ts'
import { walkBack } from './history.ts'
import { currentCounts, listDistricts, movesBetween } from './queries.ts'

/** The city as a whole: its groups of sites now, and how its counts went. */
export function cityRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.districts, ({ user }) => listDistricts(ctx.db, user.scope))

  serve(router, api.cityHistory, async ({ user, query: { hours, stepMinutes, under } }) => {
    const to = ctx.clock.now()
    const steps = Math.floor((hours * HOUR) / (stepMinutes * MINUTE))
    const from = to - steps * stepMinutes * MINUTE
    const { counts, moves } = await ctx.db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (tx) => ({
        counts: await currentCounts(tx, user.scope, under),
        moves: await movesBetween(tx, user.scope, { from, to, stepMinutes, under }),
      }))
    const points = walkBack(counts, moves, steps).map((at, step) => ({
      at: new Date(to - step * stepMinutes * MINUTE).toISOString(),
      counts: at,
    }))
    return { points: points.reverse() }
  })
  return router
}
