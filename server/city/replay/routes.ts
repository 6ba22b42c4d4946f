import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import type { Context } from '../../base/context.ts'
import { lastSeq } from '../../base/facts/log.ts'
import { serve } from '../../people/requests/route.ts'
import { viewOf } from '../sockets/rooms.ts'
import { PastCities } from './city.ts'
import { beginningsBetween, firstInstant, nextFacts } from './queries.ts'

/**
 * The time machine: the city at an instant, and the facts to go on from there, each as the caller's live rooms
 * would have told it. Not for wall displays, which must never be left showing the past.
 */
export function replayRoutes(ctx: Context, isDemo: boolean): Router {
  const router = Router()
  const past = new PastCities(ctx)

  serve(router, api.cityAt, ({ user, query }) =>
    past.at(new Date(query.at), viewOf(user.rooms, user.scope.kind), isDemo),
  )

  serve(router, api.cityFacts, async ({ user, query: { after, limit } }) => {
    const end = await lastSeq(ctx.db)
    const facts = await nextFacts(ctx.db, viewOf(user.rooms, user.scope.kind), after, limit)
    const told = facts.at(-1)?.seq ?? after
    const isEnd = facts.length < limit
    return { facts, isEnd, seq: isEnd ? Math.max(told, end) : told }
  })

  serve(router, api.cityBeginnings, async ({ user, query }) => ({
    from: (await firstInstant(ctx.db))?.toISOString() ?? null,
    items: await beginningsBetween(
      ctx.db,
      viewOf(user.rooms, user.scope.kind),
      new Date(query.from),
      new Date(query.to),
    ),
  }))
  return router
}
