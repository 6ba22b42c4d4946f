import { Router } from 'express'
import { api } from '../../shared/api.ts'
import type { Context } from '../context.ts'
import { parseCursor } from '../http/paging.ts'
import { serve } from '../http/route.ts'
import { listAudit } from './queries.ts'

export function auditRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.audit, async ({ query }) => {
    const { items, total } = await listAudit(ctx.db, {
      entity: query.entity,
      before: parseCursor(query.cursor),
      limit: query.limit + 1,
    })
    // One more than asked for tells whether there is a next page.
    const page = items.slice(0, query.limit)
    return { items: page, total, nextCursor: items.length > page.length ? String(page.at(-1)?.id) : null }
  })
  return router
}
