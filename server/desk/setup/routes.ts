import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import type { Context } from '../../base/context.ts'
import type { Parts } from '../../base/module.ts'
import { serve } from '../../people/requests/route.ts'
import { setupSteps, skipStep } from './service.ts'

/** The first day of an installation. */
export function setupRoutes(ctx: Context, { isDemo }: Pick<Parts, 'isDemo'>): Router {
  const router = Router()
  serve(router, api.setup, () => setupSteps(ctx.db, isDemo))
  serve(router, api.skipSetup, ({ user, params: { step }, body: { skipped } }) =>
    skipStep(ctx, user, { step, skipped, isDemo }),
  )
  return router
}
