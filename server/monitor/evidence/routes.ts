import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import type { Context } from '../../base/context.ts'
import { Refusal } from '../../base/refusal.ts'
import { serve } from '../../people/requests/route.ts'
import { findLocation } from '../../register/sites/queries.ts'
import { INERT_POLICY } from './inert.ts'
import { evidenceDetail, evidenceOfSite, keptPage } from './service.ts'

/** Kept pages: which there are of a site, one with what changed, and the page itself, unable to do anything. */
export function evidenceRoutes(ctx: Context): Router {
  const router = Router()

  serve(router, api.siteEvidence, async ({ user, params }) => {
    if (!(await findLocation(ctx.db, user.scope, params.id))) {
      throw new Refusal('not_found', 'common.noSuchSite')
    }
    return evidenceOfSite(ctx.db, params.id)
  })
  serve(router, api.evidence, ({ user, params }) => evidenceDetail(ctx.db, user.scope, params.id))
  serve(router, api.evidencePage, async ({ user, params, res }) => {
    const page = await keptPage(ctx.db, user.scope, params.id)
    res.setHeader('Content-Security-Policy', INERT_POLICY)
    res.setHeader('Referrer-Policy', 'no-referrer')
    return page
  })
  return router
}
