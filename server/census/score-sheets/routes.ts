import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import type { Context } from '../../base/context.ts'
import type { Jobs } from '../../base/jobs.ts'
import { serve } from '../../people/requests/route.ts'
import { effectRun, reckonEffect } from './effect.ts'
import { siteSheets } from './history.ts'
import { siteSheet, trialSheet } from './service.ts'

/** Score sheets of sites, and the trial calculator. */
export function sheetRoutes(ctx: Context, jobs: Pick<Jobs, 'send'>): Router {
  const router = Router()
  serve(router, api.siteSheet, ({ user, params, query }) => siteSheet(ctx, user, params.id, query))
  serve(router, api.siteSheets, ({ user, params, query }) => siteSheets(ctx, user, params.id, query))
  serve(router, api.trialSheet, ({ body }) => trialSheet(ctx, body))
  serve(router, api.reckonEffect, ({ params }) => reckonEffect(ctx, jobs, params.code))
  serve(router, api.editionEffect, ({ params }) => effectRun(ctx, params.code))
  return router
}
