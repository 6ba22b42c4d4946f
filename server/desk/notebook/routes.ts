import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import { MOST_NOTE_PICTURE_BYTES } from '../../../shared/desk/notebook/notebook-rules.ts'
import type { Context } from '../../base/context.ts'
import { readBody } from '../../base/http/body.ts'
import { asFile } from '../../people/files/headers.ts'
import { serve } from '../../people/requests/route.ts'
import { keepPicture, pictureOfNote } from './pictures.ts'
import { writeNote } from './service.ts'

export function notebookRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.writeNote, async ({ user, body }) => ({ seq: await writeNote(ctx, user, body) }))
  serve(router, api.addNotePicture, async ({ user, req }) => ({
    id: await keepPicture(ctx, user, await readBody(req, MOST_NOTE_PICTURE_BYTES)),
  }))
  serve(router, api.notePicture, async ({ user, params, res }) => {
    const { bytes, hash, ...file } = await pictureOfNote(ctx.db, user, params.id)
    asFile(res, file, true, hash)
    return bytes
  })
  return router
}
