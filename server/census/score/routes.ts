import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import type { Context } from '../../base/context.ts'
import { serve } from '../../people/requests/route.ts'
import { sitePreview } from './service.ts'

/** What the monitor's part of the census would cost a site. */
export function scoreRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.sitePreview, ({ user, params }) => sitePreview(ctx, user, params.id))
  return router
}
