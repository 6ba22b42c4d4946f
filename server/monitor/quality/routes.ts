import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import { MINUTE } from '../../../shared/base/time.ts'
import type { QualityReport } from '../../../shared/monitor/quality/quality.ts'
import type { Context } from '../../base/context.ts'
import { nextCursor, parseCursor } from '../../base/http/paging.ts'
import { sharedAnswers } from '../../base/http/shared-answers.ts'
import { serve } from '../../people/requests/route.ts'
import { qualityCases, qualityOf } from './queries.ts'

export function qualityRoutes(ctx: Context): Router {
  const router = Router()
  const reports = sharedAnswers<QualityReport>(ctx.clock, MINUTE)
  serve(router, api.quality, ({ query }) =>
    reports(JSON.stringify(query), () => qualityOf(ctx, query, ctx.clock.now())),
  )
  serve(router, api.qualityCases, async ({ user, query: { limit, cursor, ...filter } }) => {
    const found = await qualityCases(ctx.db, user.scope, filter, { limit, below: parseCursor(cursor) })
    return { ...found, nextCursor: nextCursor(found.items, limit) }
  })
  return router
}
