import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import { narrowed } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import { Refusal } from '../../base/refusal.ts'
import { serve } from '../../people/requests/route.ts'
import { alertLoadOf } from './service.ts'

export function loadRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.alertLoad, ({ user, query: { days, district } }) => {
    const scope = narrowed(user.scope, district ? { kind: 'district', district } : null)
    if (scope === null) throw new Refusal('invalid', 'common.noSuchDistrict')
    return alertLoadOf(ctx.db, scope, days, ctx.clock.now())
  })
  return router
}
