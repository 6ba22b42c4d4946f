import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import { may } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import { nextCursor, parseCursor } from '../../base/http/paging.ts'
import { serve } from '../../people/requests/route.ts'
import { standingAlone } from './alone.ts'
import { cancelMove, finishMove, planMove } from './moves.ts'
import { listMoves } from './moves-queries.ts'
import { impactOf, keepPlatform, listPlatforms } from './platforms.ts'
import { shareOf } from './share.ts'

/** Platforms, what moves to them, what still stands alone. */
export function consolidationRoutes(ctx: Context): Router {
  const router = Router()
  const { db, clock } = ctx
  serve(router, api.platforms, ({ user }) => listPlatforms(db, user.scope, clock.now()))
  serve(router, api.keepPlatform, ({ user, body }) => keepPlatform(ctx, user, body))
  serve(router, api.platformImpact, async ({ user, query }) => {
    const impact = await impactOf(db, user.scope, query.name, clock.now())
    return may(user, 'letter.read') ? impact : { ...impact, letters: null }
  })
  serve(router, api.consolidation, ({ user, query }) => shareOf(db, user.scope, query.district, clock.now()))
  serve(router, api.standingAlone, async ({ user, query: { cursor, ...asked } }) => {
    const after = parseCursor(cursor)
    const found = await standingAlone(db, user.scope, { ...asked, after }, clock.now())
    return { ...found, nextCursor: nextCursor(found.items, asked.limit) }
  })
  serve(router, api.moves, async ({ user, query: { cursor, limit, late, ...asked } }) => {
    const filter = { ...asked, late: late === undefined ? undefined : late === 'true' }
    const before = parseCursor(cursor)
    const found = await listMoves(db, user, filter, { limit, before }, clock.now())
    return { ...found, nextCursor: nextCursor(found.items, limit) }
  })
  serve(router, api.planMove, ({ user, body }) => planMove(ctx, user, body))
  serve(router, api.finishMove, ({ user, params, body }) => finishMove(ctx, user, params.id, body))
  serve(router, api.cancelMove, ({ user, params, body }) => cancelMove(ctx, user, params.id, body))
  return router
}
