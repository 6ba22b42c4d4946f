import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import { DAY } from '../../../shared/base/time.ts'
import type { Context } from '../../base/context.ts'
import { Refusal } from '../../base/refusal.ts'
import { serve } from '../../people/requests/route.ts'
import { findLocation } from '../../register/sites/queries.ts'
import { noSuchSite } from '../../register/sites/require.ts'
import { siteHistory } from './history.ts'
import { findSiteDetail } from './queries.ts'
import { requestVisit } from './request-visit.ts'

/** How a site stands: in full, its history, and a visit that somebody asks for. */
export function standingRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.site, async ({ user, params }) => {
    const site = await findSiteDetail(ctx.db, user.scope, params.id, ctx.clock.now(), ctx.config)
    if (!site) throw noSuchSite()
    return site
  })
  serve(router, api.siteHistory, async ({ user, params, query }) => {
    if (!(await findLocation(ctx.db, user.scope, params.id))) throw noSuchSite()
    const to = query.to === undefined ? ctx.clock.now() : Date.parse(query.to)
    const from = query.from === undefined ? to - DAY : Date.parse(query.from)
    if (from >= to) throw new Refusal('invalid', 'sites.startMustLieBeforeEnd')
    return siteHistory(ctx.db, params.id, from, to)
  })
  serve(router, api.visitSite, async ({ user, params }) => {
    await requestVisit(ctx, user, params.id)
    return undefined
  })
  return router
}
