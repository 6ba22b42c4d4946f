import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import { DAY } from '../../../shared/base/time.ts'
import type { Context } from '../../base/context.ts'
import { nextCursor, parseCursor } from '../../base/http/paging.ts'
import { Refusal } from '../../base/refusal.ts'
import { siteHistory } from '../../monitor/standing/history.ts'
import { serve } from '../../people/requests/route.ts'
import { findLocation, findSiteDetail, listSites } from './queries.ts'
import { pauseSite, requestVisit } from './service.ts'

/** Sites: lists, one in full, its history, and what people may ask of the monitor. */
export function siteRoutes(ctx: Context): Router {
  const router = Router()

  serve(router, api.sites, async ({ user, query }) => {
    const { cursor, limit, ...filter } = query
    const after = parseCursor(cursor)
    const page = await listSites(ctx.db, user.scope, filter, { limit, after })
    return { ...page, nextCursor: nextCursor(page.items, limit) }
  })
  serve(router, api.site, async ({ user, params }) => {
    const site = await findSiteDetail(ctx.db, user.scope, params.id, ctx.clock.now(), ctx.config)
    if (!site) throw notFound()
    return site
  })
  serve(router, api.siteHistory, async ({ user, params, query }) => {
    if (!(await findLocation(ctx.db, user.scope, params.id))) throw notFound()
    const to = query.to === undefined ? ctx.clock.now() : Date.parse(query.to)
    const from = query.from === undefined ? to - DAY : Date.parse(query.from)
    if (from >= to) throw new Refusal('invalid', 'sites.startMustLieBeforeEnd')
    return siteHistory(ctx.db, params.id, from, to)
  })
  serve(router, api.visitSite, async ({ user, params }) => {
    await requestVisit(ctx, user, params.id)
    return undefined
  })
  serve(router, api.pauseSite, ({ user, params, body }) => pauseSite(ctx, user, params.id, body))
  return router
}

const notFound = () => new Refusal('not_found', 'common.noSuchSite')
