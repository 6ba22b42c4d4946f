import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import type { Context } from '../../base/context.ts'
import { serve } from '../../people/requests/route.ts'
import { renderSite, siteRendering } from './service.ts'

/** Home pages as a browser draws them. */
export function renderingRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.siteRendering, ({ user, params }) => siteRendering(ctx, user, params.id))
  serve(router, api.renderSite, ({ user, params }) => renderSite(ctx, user, params.id))
  return router
}
