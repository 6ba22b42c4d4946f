import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import type { Context } from '../../base/context.ts'
import { parseCursor } from '../../base/http/paging.ts'
import { serve } from '../../people/requests/route.ts'
import { countFacts, listFacts } from './queries.ts'

/** The fact log, as timelines and other programs read it. */
export function factRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.facts, async ({ user, query }) => {
    const { cursor, ...rest } = query
    const filter = { ...rest, before: parseCursor(cursor, Number.MAX_SAFE_INTEGER) }
    const items = await listFacts(ctx.db, user.scope, filter)
    const total = await countFacts(ctx.db, user.scope, filter)
    const last = items.at(-1)
    return { items, total, nextCursor: last && items.length === query.limit ? String(last.seq) : null }
  })
  return router
}
