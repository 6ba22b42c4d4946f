import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import type { Context } from '../../base/context.ts'
import { serve } from '../../people/requests/route.ts'
import { findLocation } from '../sites/queries.ts'
import { noSuchSite } from '../sites/require.ts'
import { mergeSites } from './merge.ts'
import { duplicatesWithin, kinOf } from './queries.ts'
import { splitSite } from './split.ts'
import { undoMerge } from './undo.ts'

/** Entries of the register that are one site, and one that is two. */
export function mergeRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.likelyDuplicates, ({ user }) => duplicatesWithin(ctx.db, user.scope))
  serve(router, api.siteKin, async ({ user, params }) => {
    if (!(await findLocation(ctx.db, user.scope, params.id))) throw noSuchSite()
    return kinOf(ctx.db, user, params.id)
  })
  serve(router, api.mergeSites, ({ user, params, body }) => mergeSites(ctx, user, params.id, body))
  serve(router, api.splitSite, ({ user, params, body }) => splitSite(ctx, user, params.id, body))
  serve(router, api.undoMerge, ({ user, params, body }) => undoMerge(ctx, user, params.id, body.reason))
  return router
}
