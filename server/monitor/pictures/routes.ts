import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import type { Context } from '../../base/context.ts'
import { nextCursor, parseCursor } from '../../base/http/paging.ts'
import { Refusal } from '../../base/refusal.ts'
import { asFile } from '../../people/files/headers.ts'
import { serve } from '../../people/requests/route.ts'
import { canRender } from '../rendering/ask.ts'
import { listMissing } from './missing.ts'
import { contentOfPicture, listPictures } from './queries.ts'
import { askForPicture } from './service.ts'

/** Pictures of pages: which there are, each of them, and having one taken. */
export function pictureRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.sitePictures, async ({ user, query: { limit, cursor, ...filter } }) => {
    const found = await listPictures(ctx, user, filter, { limit, before: parseCursor(cursor) })
    const taken = await canRender(ctx.db, ctx.clock.now())
    const missing = cursor === undefined ? await listMissing(ctx, user, filter) : []
    return { ...found, nextCursor: nextCursor(found.items, limit), taken, missing }
  })
  serve(router, api.askPicture, ({ user, params, body }) => askForPicture(ctx, user, params.id, body))
  serve(router, api.pictureContent, async ({ user, params, res }) => {
    const found = await contentOfPicture(ctx, user, params.id)
    if (!found) throw new Refusal('not_found', 'pictures.noSuchPicture')
    asFile(res, { name: `${params.id}.jpg`, type: 'image/jpeg' }, true, found.hash)
    return found.bytes
  })
  return router
}
