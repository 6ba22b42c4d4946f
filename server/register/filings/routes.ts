import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import type { Context } from '../../base/context.ts'
import { nextCursor, parseCursor } from '../../base/http/paging.ts'
import { serve } from '../../people/requests/route.ts'
import { listFilings } from './queries.ts'
import {
  approveFiling,
  fileFiling,
  refileFiling,
  refuseFiling,
  returnFiling,
  withdrawFiling,
} from './service.ts'

/** The life cycle of sites. */
export function filingRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.filings, async ({ user, query: { limit, cursor, ...filter } }) => {
    const found = await listFilings(ctx.db, user, filter, { limit, before: parseCursor(cursor) })
    return { ...found, nextCursor: nextCursor(found.items, limit) }
  })
  serve(router, api.fileFiling, ({ user, body }) => fileFiling(ctx, user, body))
  serve(router, api.approveFiling, ({ user, params, body }) => approveFiling(ctx, user, params.id, body))
  serve(router, api.refuseFiling, ({ user, params, body }) => refuseFiling(ctx, user, params.id, body))
  serve(router, api.returnFiling, ({ user, params, body }) => returnFiling(ctx, user, params.id, body))
  serve(router, api.refileFiling, ({ user, params, body }) => refileFiling(ctx, user, params.id, body))
  serve(router, api.withdrawFiling, ({ user, params, body }) => withdrawFiling(ctx, user, params.id, body))
  return router
}
