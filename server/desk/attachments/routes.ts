import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import { MAX_ATTACHMENT_BYTES } from '../../../shared/desk/attachments/attachments.ts'
import { isImage } from '../../../shared/people/files/files-rules.ts'
import type { Context } from '../../base/context.ts'
import { readBody } from '../../base/http/body.ts'
import { Refusal } from '../../base/refusal.ts'
import { contentOf } from '../../people/files/content.ts'
import { asFile } from '../../people/files/headers.ts'
import { serve } from '../../people/requests/route.ts'
import { findRectification } from '../rectifications/queries.ts'
import { contentOfAttachment, findAttachment, listAttachments } from './queries.ts'
import { attach, detach, requireAttachable } from './service.ts'

/** Documents and pictures that people add to rectifications. */
export function attachmentRoutes(ctx: Context): Router {
  const router = Router()

  serve(router, api.attachments, async ({ user, params }) => {
    if (!(await findRectification(ctx.db, user.scope, params.id))) {
      throw new Refusal('not_found', 'common.noSuchRectification')
    }
    return listAttachments(ctx.db, params.id)
  })
  serve(router, api.attach, async ({ user, params, query, req }) => {
    // Asked before ten megabytes are read, and again once they are stored.
    await requireAttachable(ctx.db, user, params.id)
    return attach(ctx, user, params.id, query, await readBody(req, MAX_ATTACHMENT_BYTES))
  })
  serve(router, api.detach, ({ user, params }) => detach(ctx, user, params.id))
  serve(router, api.attachmentContent, async ({ user, params, query, res }) => {
    const attachment = await findAttachment(ctx.db, user.scope, params.id)
    if (!attachment) throw new Refusal('not_found', 'attachments.noSuchAttachment')
    const { hash, bytes } = await contentOfAttachment(ctx.db, params.id)
    // Shown in a page only if it is a picture by its content, whatever was stored of it once.
    const inline =
      query.inline === 'true' && isImage(attachment) && (await contentOf(bytes)) === attachment.type
    asFile(res, attachment, inline, hash)
    return bytes
  })
  return router
}
