import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import type { Context } from '../../base/context.ts'
import { serve } from '../../people/requests/route.ts'
import { siteLine } from './service.ts'

/** How a site is reached. */
export function lineRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.siteLine, ({ user, params }) => siteLine(ctx, user, params.id))
  return router
}
