import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import { countEntries, listAside } from '../../base/aside/queries.ts'
import type { Context } from '../../base/context.ts'
import { parseCursor } from '../../base/http/paging.ts'
import { serve } from '../../people/requests/route.ts'
import { endAside } from './service.ts'

export function asideRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.aside, async ({ query: { limit, cursor, state } }) => {
    const found = await listAside(ctx.db, { before: parseCursor(cursor) ?? null, limit: limit + 1, state })
    const items = found.slice(0, limit)
    const total = await countEntries(ctx.db, state)
    return { items, total, nextCursor: found.length > limit ? String(items.at(-1)?.id) : null }
  })
  serve(router, api.endAside, ({ user, params }) => endAside(ctx, user, params.id))
  return router
}
