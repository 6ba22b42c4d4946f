import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import type { Context } from '../../base/context.ts'
import { parseCursor } from '../../base/http/paging.ts'
import { serve } from '../../people/requests/route.ts'
import { siteHistory } from './history.ts'
import { addSite, editSite, editSites, siteRecord } from './service.ts'

/** The register of sites: reading, editing, history. */
export function ledgerRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.addSite, ({ user, body }) => addSite(ctx, user, body))
  serve(router, api.editSites, ({ user, body }) => editSites(ctx, user, body))
  serve(router, api.editSite, ({ user, params, body }) => editSite(ctx, user, params.id, body))
  serve(router, api.siteRecord, ({ user, params }) => siteRecord(ctx, user, params.id))
  serve(router, api.siteChanges, async ({ user, params, query: { cursor, limit, on, field } }) => {
    const page = { limit, below: parseCursor(cursor) }
    const history = await siteHistory(ctx, user, params.id, { on, field }, page)
    const last = history.items.length === limit ? history.items.at(-1) : undefined
    return { ...history, nextCursor: last ? String(last.version) : null }
  })
  return router
}
