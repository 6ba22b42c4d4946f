import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import type { Context } from '../../base/context.ts'
import { nextCursor, parseCursor } from '../../base/http/paging.ts'
import { serve } from '../../people/requests/route.ts'
import { listSites } from './queries.ts'

/** The register's sites as a list. */
export function siteRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.sites, async ({ user, query }) => {
    const { cursor, limit, sort, ...filter } = query
    const after = parseCursor(cursor)
    const page = await listSites(ctx.db, user.scope, filter, { limit, after, sort })
    return { ...page, nextCursor: sort === 'id' ? nextCursor(page.items, limit) : null }
  })
  return router
}
