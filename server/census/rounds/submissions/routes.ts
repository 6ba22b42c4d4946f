import { Router } from 'express'
import { api } from '../../../../shared/api.ts'
import type { Context } from '../../../base/context.ts'
import { nextCursor, parseCursor } from '../../../base/http/paging.ts'
import { serve } from '../../../people/requests/route.ts'
import { todayOf } from '../today.ts'
import { listSubmissions } from './queries.ts'
import {
  acceptSubmission,
  draftSubmission,
  handInSubmission,
  requireSubmission,
  returnSubmission,
} from './service.ts'

/** What units and districts hand in. */
export function submissionRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.submissions, async ({ user, query: { limit, cursor, open, ...filter } }) => {
    const asked = { ...filter, isOpen: open === 'true' }
    const page = { limit, before: parseCursor(cursor) }
    const found = await listSubmissions(ctx.db, user, asked, page, await todayOf(ctx, ctx.db))
    return { ...found, nextCursor: nextCursor(found.items, limit) }
  })
  serve(router, api.submission, ({ user, params }) => requireSubmission(ctx, user, params.id))
  serve(router, api.draftSubmission, ({ user, params, body }) => draftSubmission(ctx, user, params.id, body))
  serve(router, api.handInSubmission, ({ user, params, body }) =>
    handInSubmission(ctx, user, params.id, body),
  )
  serve(router, api.returnSubmission, ({ user, params, body }) =>
    returnSubmission(ctx, user, params.id, body),
  )
  serve(router, api.acceptSubmission, ({ user, params, body }) =>
    acceptSubmission(ctx, user, params.id, body),
  )
  return router
}
