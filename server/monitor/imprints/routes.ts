import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import type { Context } from '../../base/context.ts'
import { nextCursor, parseCursor } from '../../base/http/paging.ts'
import { serve } from '../../people/requests/route.ts'
import { differences, differingSites, siteImprint } from './service.ts'

/** What home pages say of themselves, held against the register. */
export function imprintRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.siteImprint, ({ user, params }) => siteImprint(ctx, user, params.id))
  serve(router, api.differences, ({ user }) => differences(ctx, user))
  serve(router, api.differingSites, async ({ user, query: { cursor, limit, ...filter } }) => {
    const found = await differingSites(ctx, user, filter, { limit, after: parseCursor(cursor) })
    return { ...found, nextCursor: nextCursor(found.items, limit) }
  })
  return router
}
