import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import type { Context } from '../../base/context.ts'
import { nextCursor, parseCursor } from '../../base/http/paging.ts'
import { serve } from '../../people/requests/route.ts'
import { lookSoon, outboundDetail, outboundHosts } from './service.ts'

/** Foreign hosts that sites link to. */
export function outboundRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.outboundHosts, async ({ user, query: { cursor, limit, ...filter } }) => {
    const found = await outboundHosts(ctx, user, filter, { limit, after: parseCursor(cursor) })
    return { ...found, nextCursor: nextCursor(found.items, limit) }
  })
  serve(router, api.outboundHost, ({ user, params }) => outboundDetail(ctx, user, params.id))
  serve(router, api.lookOutbound, ({ user, params }) => lookSoon(ctx, user, params.id))
  return router
}
