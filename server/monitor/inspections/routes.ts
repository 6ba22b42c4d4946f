import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import { MINUTE } from '../../../shared/base/time.ts'
import type { Context } from '../../base/context.ts'
import { parseCursor } from '../../base/http/paging.ts'
import { sharedAnswers } from '../../base/http/shared-answers.ts'
import { serve } from '../../people/requests/route.ts'
import { LAST_CURSOR, listGroups, listProblems } from './queries.ts'
import { decideProblems } from './service.ts'
import { askerOf, inspectionsOfSite, type SitesByRule, standingOfRules } from './standing.ts'

/** What the rules of the machine find on sites, and what people say of it. */
export function inspectionRoutes(ctx: Context): Router {
  const router = Router()
  const counts = sharedAnswers<SitesByRule>(ctx.clock, MINUTE)
  serve(router, api.inspectionRules, ({ user }) =>
    standingOfRules(ctx, user, (count) => counts(JSON.stringify(user.scope), count)),
  )
  serve(router, api.siteInspections, ({ user, params }) => inspectionsOfSite(ctx, user, params.id))
  serve(router, api.problems, async ({ user, query: { limit, cursor, ...filter } }) => {
    const page = { limit, before: parseCursor(cursor, LAST_CURSOR) }
    return listProblems(ctx.db, await askerOf(ctx, user), filter, page)
  })
  serve(router, api.problemGroups, async ({ user, query }) =>
    listGroups(ctx.db, await askerOf(ctx, user), query),
  )
  serve(router, api.decideProblems, ({ user, body }) => decideProblems(ctx, user, body))
  return router
}
