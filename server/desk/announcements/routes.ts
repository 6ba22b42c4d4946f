import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import type { Context } from '../../base/context.ts'
import { nextCursor, parseCursor } from '../../base/http/paging.ts'
import { serve } from '../../people/requests/route.ts'
import { listAnnouncements } from './queries.ts'
import { postAnnouncement, withdrawAnnouncement } from './service.ts'

export function announcementRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.announcements, async ({ user, query: { state, limit, cursor } }) => {
    const page = { limit, before: parseCursor(cursor) }
    const found = await listAnnouncements(ctx.db, user, { state }, page, ctx.clock.now())
    return { ...found, nextCursor: nextCursor(found.items, limit) }
  })
  serve(router, api.postAnnouncement, ({ user, body }) => postAnnouncement(ctx, user, body))
  serve(router, api.withdrawAnnouncement, ({ user, params }) => withdrawAnnouncement(ctx, user, params.id))
  return router
}
