import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import type { Context } from '../../base/context.ts'
import { serve } from '../../people/requests/route.ts'
import { listViews } from './queries.ts'
import { deleteView, saveView } from './service.ts'

/** Saved views of lists. */
export function viewRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.views, ({ user }) => listViews(ctx.db, user))
  serve(router, api.saveView, ({ user, body }) => saveView(ctx, user, body))
  serve(router, api.deleteView, ({ user, params }) => deleteView(ctx, user, params.id))
  return router
}
