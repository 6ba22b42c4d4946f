import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import { isImage } from '../../../shared/people/files/files-rules.ts'
import { MOST_FILING_FILE_BYTES } from '../../../shared/register/filings/filings-rules.ts'
import type { Context } from '../../base/context.ts'
import { readBody } from '../../base/http/body.ts'
import { nextCursor, parseCursor } from '../../base/http/paging.ts'
import { contentOf } from '../../people/files/content.ts'
import { asFile } from '../../people/files/headers.ts'
import { serve } from '../../people/requests/route.ts'
import { addFilingFile, contentOfFile, removeFilingFile, requireOpen } from './files/service.ts'
import { listFilings } from './queries.ts'
import {
  approveFiling,
  fileFiling,
  refileFiling,
  refuseFiling,
  returnFiling,
  withdrawFiling,
} from './service.ts'

/** The life cycle of sites. */
export function filingRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.filings, async ({ user, query: { limit, cursor, ...filter } }) => {
    const found = await listFilings(ctx.db, user, filter, { limit, before: parseCursor(cursor) })
    return { ...found, nextCursor: nextCursor(found.items, limit) }
  })
  serve(router, api.fileFiling, ({ user, body }) => fileFiling(ctx, user, body))
  serve(router, api.approveFiling, ({ user, params, body }) => approveFiling(ctx, user, params.id, body))
  serve(router, api.refuseFiling, ({ user, params, body }) => refuseFiling(ctx, user, params.id, body))
  serve(router, api.returnFiling, ({ user, params, body }) => returnFiling(ctx, user, params.id, body))
  serve(router, api.refileFiling, ({ user, params, body }) => refileFiling(ctx, user, params.id, body))
  serve(router, api.withdrawFiling, ({ user, params, body }) => withdrawFiling(ctx, user, params.id, body))
  serve(router, api.addFilingFile, async ({ user, params, query, req }) => {
    // Asked before ten megabytes are read, and again once they are stored.
    await requireOpen(ctx, user, params.id)
    return addFilingFile(ctx, user, params.id, query, await readBody(req, MOST_FILING_FILE_BYTES))
  })
  serve(router, api.removeFilingFile, ({ user, params }) => removeFilingFile(ctx, user, params.id))
  serve(router, api.filingFile, async ({ user, params, query, res }) => {
    const { bytes, hash, ...file } = await contentOfFile(ctx.db, user, params.id)
    // Shown in a page only if it is a picture by its content, whatever was stored of it once.
    const inline = query.inline === 'true' && isImage(file) && (await contentOf(bytes)) === file.type
    asFile(res, file, inline, hash)
    return bytes
  })
  return router
}
