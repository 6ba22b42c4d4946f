import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import type { Context } from '../../base/context.ts'
import { nextCursor, parseCursor } from '../../base/http/paging.ts'
import { serve } from '../../people/requests/route.ts'
import { listFindings } from './queries.ts'
import { confirmFinding, dismissFinding, mendFinding, recordFinding } from './service.ts'

/** What persons have found on sites. */
export function findingRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.censusFindings, async ({ user, query: { limit, cursor, ...filter } }) => {
    const found = await listFindings(ctx.db, user, filter, { limit, before: parseCursor(cursor) })
    return { ...found, nextCursor: nextCursor(found.items, limit) }
  })
  serve(router, api.recordFinding, ({ user, body }) => recordFinding(ctx, user, body))
  serve(router, api.confirmFinding, ({ user, params, body }) => confirmFinding(ctx, user, params.id, body))
  serve(router, api.dismissFinding, ({ user, params, body }) => dismissFinding(ctx, user, params.id, body))
  serve(router, api.mendFinding, ({ user, params, body }) => mendFinding(ctx, user, params.id, body))
  return router
}
