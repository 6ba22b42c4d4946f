import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import type { Context } from '../../base/context.ts'
import { serve } from '../../people/requests/route.ts'
import { siteVantages } from './service.ts'

/** What is seen of a site from other places. */
export function vantageRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.siteVantages, ({ user, params }) => siteVantages(ctx, user, params.id))
  return router
}
