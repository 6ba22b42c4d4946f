import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import type { Context } from '../../base/context.ts'
import { nextCursor, parseCursor } from '../../base/http/paging.ts'
import { serve } from '../../people/requests/route.ts'
import { pauseSite } from './pause-now.ts'
import { listPauses, platformsWithin } from './queries.ts'
import { changePause, coverOf, decidePause, filePause, withdrawPause } from './service.ts'

/** Downtime planned ahead: filed, answered, withdrawn. */
export function pauseRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.pauses, async ({ user, query: { limit, cursor, ...filter } }) => {
    const page = { limit, before: parseCursor(cursor) }
    const { items, total } = await listPauses(ctx.db, user, filter, page, ctx.clock.now())
    return { items, total, nextCursor: nextCursor(items, limit) }
  })
  serve(router, api.pauseCover, ({ user, query }) => coverOf(ctx, user, query))
  serve(router, api.pausePlatforms, ({ user }) => platformsWithin(ctx.db, user.scope))
  serve(router, api.filePause, ({ user, body }) => filePause(ctx, user, body))
  serve(router, api.changePause, ({ user, params, body }) => changePause(ctx, user, params.id, body))
  serve(router, api.approvePause, ({ user, params, body }) =>
    decidePause(ctx, user, params.id, { ...body, to: 'approved' }),
  )
  serve(router, api.refusePause, ({ user, params, body }) =>
    decidePause(ctx, user, params.id, { ...body, to: 'refused' }),
  )
  serve(router, api.withdrawPause, ({ user, params, body }) => withdrawPause(ctx, user, params.id, body))
  serve(router, api.pauseSite, ({ user, params, body }) => pauseSite(ctx, user, params.id, body))
  return router
}
