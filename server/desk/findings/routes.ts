import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import type { Context } from '../../base/context.ts'
import { serve } from '../../people/requests/route.ts'
import { markFalseAlarm } from './false-alarm.ts'
import { sayFinding, siteSignals } from './service.ts'

/** The two signals of how fresh a site is, and a person's finding above them. */
export function findingRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.siteSignals, ({ user, params }) => siteSignals(ctx, user, params.id))
  serve(router, api.sayFinding, ({ user, params, body }) => sayFinding(ctx, user, params.id, body))
  serve(router, api.withdrawFinding, ({ user, params }) => sayFinding(ctx, user, params.id, null))
  // A false alarm of V2 says how fresh the site is.
  serve(router, api.falsifyAlert, ({ user, params: { id }, body: { version, ...rest } }) =>
    markFalseAlarm(ctx, user, { id, version }, rest),
  )
  return router
}
