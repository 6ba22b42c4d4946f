import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import type { Context } from '../../base/context.ts'
import { serve } from '../../people/requests/route.ts'
import { summaryOf } from './service.ts'
import { summarySites } from './sites.ts'

/** How a place stands in a month. */
export function summaryRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.summary, ({ user, query }) => summaryOf(ctx, user, query.month))
  serve(router, api.summarySites, ({ user, query }) => summarySites(ctx, user, query))
  return router
}
