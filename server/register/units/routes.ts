import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import type { Context } from '../../base/context.ts'
import { parseCursor } from '../../base/http/paging.ts'
import { serve } from '../../people/requests/route.ts'
import { listUnits, unitDetail } from './queries.ts'
import { setContacts } from './service.ts'

/** Units, and whom to ring. */
export function unitRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.units, async ({ user, query: { cursor, ...filter } }) => {
    const after = parseCursor(cursor) ?? 0
    const { items, total } = await listUnits(ctx.db, user.scope, { ...filter, after })
    const next = after + items.length
    return { items, total, nextCursor: next < total && items.length > 0 ? String(next) : null }
  })
  serve(router, api.unit, ({ user, params }) => unitDetail(ctx.db, user, params.id))
  serve(router, api.setUnitContacts, ({ user, params, body }) => setContacts(ctx, user, params.id, body))
  return router
}
