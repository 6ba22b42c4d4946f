import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import { MINUTE } from '../../../shared/base/time.ts'
import type { AlertLoad, AlertRate } from '../../../shared/desk/load/load.ts'
import { narrowed } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import { SharedAnswers } from '../../base/http/shared-answers.ts'
import { Refusal } from '../../base/refusal.ts'
import { serve } from '../../people/requests/route.ts'
import { alertLoadOf, alertRateOf } from './service.ts'

export function loadRoutes(ctx: Context): Router {
  const router = Router()
  const loads = new SharedAnswers<AlertLoad>(MINUTE)
  const rates = new SharedAnswers<AlertRate>(MINUTE)
  serve(router, api.alertLoad, ({ user, query: { days, district } }) => {
    const scope = narrowed(user.scope, district ? { kind: 'district', district } : null)
    if (scope === null) throw new Refusal('invalid', 'common.noSuchDistrict')
    const now = ctx.clock.now()
    return loads.get(JSON.stringify([scope, days]), now, () => alertLoadOf(ctx.db, scope, days, now))
  })
  serve(router, api.alertRate, ({ user: { scope } }) => {
    const now = ctx.clock.now()
    return rates.get(JSON.stringify(scope), now, () => alertRateOf(ctx.db, scope, now))
  })
  return router
}
