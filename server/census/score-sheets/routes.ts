import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import type { Context } from '../../base/context.ts'
import { serve } from '../../people/requests/route.ts'
import { editionEffect } from './effect.ts'
import { siteSheets } from './history.ts'
import { siteSheet, trialSheet } from './service.ts'

/** Score sheets of sites, and the trial calculator. */
export function sheetRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.siteSheet, ({ user, params, query }) => siteSheet(ctx, user, params.id, query))
  serve(router, api.siteSheets, ({ user, params, query }) => siteSheets(ctx, user, params.id, query))
  serve(router, api.trialSheet, ({ body }) => trialSheet(ctx, body))
  serve(router, api.editionEffect, ({ params }) => editionEffect(ctx, params.code))
  return router
}
