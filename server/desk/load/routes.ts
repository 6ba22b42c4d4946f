import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import { MINUTE } from '../../../shared/base/time.ts'
import type { AlertLoad, AlertRate } from '../../../shared/desk/load/load.ts'
import { narrowed } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import { sharedAnswers } from '../../base/http/shared-answers.ts'
import { Refusal } from '../../base/refusal.ts'
import { serve } from '../../people/requests/route.ts'
import { alertLoadOf, alertRateOf } from './service.ts'

export function loadRoutes(ctx: Context): Router {
  const router = Router()
  const loads = sharedAnswers<AlertLoad>(ctx.clock, MINUTE)
  const rates = sharedAnswers<AlertRate>(ctx.clock, MINUTE)
  serve(router, api.alertLoad, ({ user, query: { days, district } }) => {
    const scope = narrowed(user.scope, district ? { kind: 'district', district } : null)
    if (scope === null) throw new Refusal('invalid', 'common.noSuchDistrict')
    return loads(JSON.stringify([scope, days]), () => alertLoadOf(ctx.db, scope, days, ctx.clock.now()))
  })
  serve(router, api.alertRate, ({ user: { scope } }) =>
    rates(JSON.stringify(scope), () => alertRateOf(ctx.db, scope, ctx.clock.now())),
  )
  return router
}
