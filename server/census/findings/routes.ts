import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import { MOST_PICTURE_BYTES } from '../../../shared/census/findings/findings-rules.ts'
import type { Context } from '../../base/context.ts'
import { readBody } from '../../base/http/body.ts'
import { nextCursor, parseCursor } from '../../base/http/paging.ts'
import { contentOf } from '../../people/files/content.ts'
import { asFile } from '../../people/files/headers.ts'
import { serve } from '../../people/requests/route.ts'
import { addPicture, pictureOf, requireIllustratable } from './pictures.ts'
import { listFindings } from './queries.ts'
import { confirmFinding, dismissFinding, mendFinding, recordFinding } from './service.ts'

/** What persons have found on sites. */
export function findingRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.censusFindings, async ({ user, query: { limit, cursor, ...filter } }) => {
    const found = await listFindings(ctx.db, user, filter, { limit, before: parseCursor(cursor) })
    return { ...found, nextCursor: nextCursor(found.items, limit) }
  })
  serve(router, api.recordFinding, ({ user, body }) => recordFinding(ctx, user, body))
  serve(router, api.confirmFinding, ({ user, params, body }) => confirmFinding(ctx, user, params.id, body))
  serve(router, api.dismissFinding, ({ user, params, body }) => dismissFinding(ctx, user, params.id, body))
  serve(router, api.mendFinding, ({ user, params, body }) => mendFinding(ctx, user, params.id, body))
  serve(router, api.addPicture, async ({ user, params, query, req }) => {
    // Asked before five megabytes are read, and again once they are stored.
    await requireIllustratable(ctx.db, user, params.id)
    return addPicture(ctx, user, params.id, query, await readBody(req, MOST_PICTURE_BYTES))
  })
  serve(router, api.picture, async ({ user, params, res }) => {
    const { bytes, hash, ...file } = await pictureOf(ctx.db, user, params.id)
    // Shown only if it is a picture by its content, whatever was stored of it once.
    asFile(res, file, (await contentOf(bytes)) === file.type, hash)
    return bytes
  })
  return router
}
