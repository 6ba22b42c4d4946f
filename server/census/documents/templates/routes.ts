import { Router } from 'express'
import { api } from '../../../../shared/api.ts'
import { DOCUMENT_KINDS } from '../../../../shared/census/documents/documents-rules.ts'
import { MAX_TEMPLATE_BYTES } from '../../../../shared/census/documents/templates/templates.ts'
import type { Context } from '../../../base/context.ts'
import { readBody } from '../../../base/http/body.ts'
import { readersLanguage } from '../../../base/http/language.ts'
import { serve } from '../../../people/requests/route.ts'
import { bytesOf, templateInUse } from './in-use.ts'
import { checkedInUse, previewTemplate, uploadTemplate } from './service.ts'

/** Templates that the office edits in Word or WPS. */
export function templateRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.templates, async () => {
    const all = []
    for (const kind of DOCUMENT_KINDS) {
      const { hash: _, ...known } = await templateInUse(ctx.db, kind)
      all.push(known)
    }
    return all
  })
  serve(router, api.templateFile, async ({ params, res }) => {
    const bytes = await bytesOf(ctx.db, await templateInUse(ctx.db, params.kind))
    res.attachment(`${params.kind}.docx`)
    res.send(bytes)
    return ''
  })
  serve(router, api.template, ({ params, req }) =>
    checkedInUse(ctx.db, params.kind, readersLanguage(req.get('accept-language'))),
  )
  serve(router, api.uploadTemplate, async ({ user, params: { kind }, query: { name }, req }) => {
    const bytes = await readBody(req, MAX_TEMPLATE_BYTES)
    const language = readersLanguage(req.get('accept-language'))
    return uploadTemplate(ctx, user, { kind, name, bytes, language })
  })
  serve(router, api.previewTemplate, async ({ user, params: { kind }, req, res }) => {
    const bytes = await readBody(req, MAX_TEMPLATE_BYTES)
    const filled = await previewTemplate(ctx, user, {
      kind,
      bytes,
      language: readersLanguage(req.get('accept-language')),
    })
    res.attachment(`${kind}-preview.docx`)
    res.send(Buffer.from(filled))
    return ''
  })
  return router
}
