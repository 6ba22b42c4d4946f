import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import type { Context } from '../../base/context.ts'
import { lastSeq } from '../../base/facts/log.ts'
import { serve } from '../../people/requests/route.ts'
import { PastCities } from './city.ts'
import { beginningsBetween, firstInstant, nextFacts } from './queries.ts'
import { pastView } from './view.ts'

/**
 * The time machine: the city at an instant, and the facts to go on from there, each as the caller's live rooms, or the
 * room of one division, would have told it. Not for wall displays, which must never be left showing the past.
 */
export function replayRoutes(ctx: Context, isDemo: boolean): Router {
  const router = Router()
  const past = new PastCities(ctx)

  serve(router, api.cityAt, async ({ user, query: { at, under } }) =>
    past.at(new Date(at), await pastView(ctx.db, user, under), isDemo),
  )

  serve(router, api.cityFacts, async ({ user, query: { after, limit, under } }) => {
    const end = await lastSeq(ctx.db)
    const facts = await nextFacts(ctx.db, await pastView(ctx.db, user, under), after, limit)
    const told = facts.at(-1)?.seq ?? after
    const isEnd = facts.length < limit
    return { facts, isEnd, seq: isEnd ? Math.max(told, end) : told }
  })

  serve(router, api.cityBeginnings, async ({ user, query }) => ({
    from: (await firstInstant(ctx.db))?.toISOString() ?? null,
    items: await beginningsBetween(
      ctx.db,
      await pastView(ctx.db, user, query.under),
      new Date(query.from),
      new Date(query.to),
    ),
  }))
  return router
}
