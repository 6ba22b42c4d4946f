import { type Response, Router } from 'express'
import { api } from '../../../shared/api.ts'
import { localDay } from '../../../shared/base/time.ts'
import type { Context } from '../../base/context.ts'
import { readersLanguage } from '../../base/http/language.ts'
import { nextCursor, parseCursor } from '../../base/http/paging.ts'
import { written } from '../../base/http/written.ts'
import { serve } from '../../people/requests/route.ts'
import { answersByDistrict, unsettledSites } from './answers.ts'
import { exportRegister } from './export.ts'
import { siteHistory } from './history.ts'
import { addSite, editSite, editSites, siteRecord } from './service.ts'

/** The register of sites: reading, editing, history. */
export function ledgerRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.addSite, ({ user, body }) => addSite(ctx, user, body))
  serve(router, api.editSites, ({ user, body }) => editSites(ctx, user, body))
  serve(router, api.editSite, ({ user, params, body }) => editSite(ctx, user, params.id, body))
  serve(router, api.answers, ({ user }) => answersByDistrict(ctx.db, user.scope))
  serve(router, api.unsettled, async ({ user, query: { cursor, limit, ...filter } }) => {
    const found = await unsettledSites(ctx.db, user.scope, filter, { limit, after: parseCursor(cursor) })
    return { ...found, nextCursor: nextCursor(found.items, limit) }
  })
  serve(router, api.siteRecord, ({ user, params }) => siteRecord(ctx, user, params.id))
  serve(router, api.siteChanges, async ({ user, params, query: { cursor, limit, on, field } }) => {
    const page = { limit, below: parseCursor(cursor) }
    const history = await siteHistory(ctx, user, params.id, { on, field }, page)
    const last = history.items.length === limit ? history.items.at(-1) : undefined
    return { ...history, nextCursor: last ? String(last.version) : null }
  })
  for (const format of ['csv', 'xlsx'] as const) {
    const endpoint = format === 'csv' ? api.registerCsv : api.registerXlsx
    serve(router, endpoint, ({ user, query, req, res }) => {
      const language = query.language ?? readersLanguage(req.headers['accept-language'])
      const name = `register-${localDay(ctx.clock.now())}.${format}`
      return send(res, exportRegister(ctx, user, query, { format, language }), name)
    })
  }
  return router
}

/** Sends a file piece by piece. */
async function send(
  res: Response,
  pieces: AsyncGenerator<string | Uint8Array>,
  name: string,
): Promise<string> {
  // Before anything is sent: what fails here is still answered as a refusal.
  const first = await pieces.next()
  res.attachment(name)
  for (let piece = first; !piece.done; piece = await pieces.next()) {
    if (!(await written(res, piece.value))) break
  }
  res.end()
  return ''
}
