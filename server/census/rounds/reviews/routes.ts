import { Router } from 'express'
import { api } from '../../../../shared/api.ts'
import type { Context } from '../../../base/context.ts'
import { nextCursor, parseCursor } from '../../../base/http/paging.ts'
import { serve } from '../../../people/requests/route.ts'
import { assignReviews, reassignReview } from './assign.ts'
import { listReviews } from './queries.ts'
import { requireReview, submitReview } from './service.ts'

/** Who looks at the sites of a spot check. */
export function reviewRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.assignReviews, ({ user, params, body }) => assignReviews(ctx, user, params.id, body))
  serve(router, api.reviews, async ({ user, query: { limit, cursor, round, open } }) => {
    const filter = { round, isOpen: open === undefined ? undefined : open === 'true' }
    const found = await listReviews(ctx.db, user, filter, { limit, before: parseCursor(cursor) })
    return { ...found, nextCursor: nextCursor(found.items, limit) }
  })
  serve(router, api.review, ({ user, params }) => requireReview(ctx, user, params.id))
  serve(router, api.submitReview, ({ user, params, body }) => submitReview(ctx, user, params.id, body))
  serve(router, api.reassignReview, ({ user, params, body }) => reassignReview(ctx, user, params.id, body))
  return router
}
