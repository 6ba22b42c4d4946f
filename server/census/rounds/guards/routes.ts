import { Router } from 'express'
import { api } from '../../../../shared/api.ts'
import type { Context } from '../../../base/context.ts'
import { nextCursor, parseCursor } from '../../../base/http/paging.ts'
import { serve } from '../../../people/requests/route.ts'
import { requireRound } from '../service.ts'
import { closingReportOf } from './report.ts'
import { guardStateOf } from './state.ts'
import { listZeroReports, signZeroReport } from './zero-reports.ts'

/** Guarded periods. */
export function guardRoutes(ctx: Context): Router {
  const router = Router()
  const roundOf = (user: Parameters<typeof requireRound>[2], id: number) =>
    requireRound(ctx, ctx.db, user, id)
  serve(router, api.guardState, async ({ user, params }) =>
    guardStateOf(ctx, user.scope, await roundOf(user, params.id)),
  )
  serve(router, api.closingReport, async ({ user, params }) =>
    closingReportOf(ctx, user, await roundOf(user, params.id)),
  )
  serve(router, api.zeroReports, async ({ user, query: { limit, cursor, open, round } }) => {
    const asked = { round, isOpen: open === 'true' }
    const page = { limit, before: parseCursor(cursor) }
    const found = await listZeroReports(ctx.db, user, asked, page, ctx.clock.now())
    return { ...found, nextCursor: nextCursor(found.items, limit) }
  })
  serve(router, api.signZeroReport, ({ user, params, body }) => signZeroReport(ctx, user, params.id, body))
  return router
}
