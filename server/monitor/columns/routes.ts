import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import type { Context } from '../../base/context.ts'
import { serve } from '../../people/requests/route.ts'
import { classify, siteColumns } from './service.ts'

/** The columns of a site, and what people say they are for. */
export function columnRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.siteColumns, ({ user, params }) => siteColumns(ctx, user, params.id))
  serve(router, api.classifyColumn, ({ user, params, body }) =>
    classify(ctx, user, { siteId: params.id, columnId: params.columnId }, body.class),
  )
  return router
}
