import { Router } from 'express'
import { api } from '../../../../shared/api.ts'
import type { Context } from '../../../base/context.ts'
import { serve } from '../../../people/requests/route.ts'
import { completenessFor } from './queries.ts'

export function completenessRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.completeness, ({ user }) => completenessFor(ctx, user))
  return router
}
