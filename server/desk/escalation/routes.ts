import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import type { Context } from '../../base/context.ts'
import { serve } from '../../people/requests/route.ts'
import { escalateNow } from './escalate.ts'
import { policyOf, setPolicy } from './policy.ts'

/** The policy by which alerts that nobody takes on are carried upwards. */
export function escalationRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.escalationPolicy, () => policyOf(ctx.db))
  serve(router, api.setEscalationPolicy, ({ user, body }) => setPolicy(ctx, user, body))
  serve(router, api.escalateAlert, ({ user, params: { id }, body: { version, after } }) =>
    escalateNow(ctx, user, { id, version, after }),
  )
  return router
}
