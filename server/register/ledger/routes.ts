import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import { localDay } from '../../../shared/base/time.ts'
import type { Context } from '../../base/context.ts'
import { readersLanguage } from '../../base/http/language.ts'
import { nextCursor, parseCursor } from '../../base/http/paging.ts'
import { sendFile } from '../../base/http/send-file.ts'
import { serve } from '../../people/requests/route.ts'
import { answerersOf, findAnswerers } from './answers/answerers.ts'
import { answersByDistrict, unsettledSites } from './answers/answers.ts'
import { answersProgress } from './answers/progress.ts'
import { exportRegister } from './export.ts'
import { siteHistory } from './history.ts'
import { addSite, editSite, editSites, requireRecord, siteRecord } from './service.ts'

/** The register of sites: reading, editing, history. */
export function ledgerRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.addSite, ({ user, body }) => addSite(ctx, user, body))
  serve(router, api.editSites, ({ user, body }) => editSites(ctx, user, body))
  serve(router, api.editSite, ({ user, params, body }) => editSite(ctx, user, params.id, body))
  serve(router, api.answers, ({ user }) => answersByDistrict(ctx.db, user.scope))
  serve(router, api.answersProgress, ({ user, query }) =>
    answersProgress(ctx.db, user.scope, query, ctx.clock.now()),
  )
  serve(router, api.findAnswerers, ({ query }) => findAnswerers(ctx.db, query.q))
  serve(router, api.siteAnswerers, async ({ user, params }) =>
    answerersOf(ctx.db, await requireRecord(ctx.db, user, params.id)),
  )
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
      return sendFile(res, exportRegister(ctx, user, query, { format, language }), name)
    })
  }
  return router
}
