import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import type { Context } from '../../base/context.ts'
import { readersLanguage } from '../../base/http/language.ts'
import { nextCursor, parseCursor } from '../../base/http/paging.ts'
import { sendFile } from '../../base/http/send-file.ts'
import type { Parts } from '../../base/module.ts'
import { serve } from '../../people/requests/route.ts'
import { aboutOf } from './about.ts'
import { asPage, fileName } from './headers.ts'
import { openDocument, replyDocument } from './issue/receipts.ts'
import { issueDocument, returnDocument, reviewDocument } from './issue/steps.ts'
import { pageOf } from './paper/html.ts'
import { paperOf } from './paper/paper.ts'
import { bytesOfPictures } from './paper/pictures.ts'
import { workbookOf } from './paper/xlsx.ts'
import { publicPages } from './public.ts'
import { listDocuments, listReceipts, partsOf } from './queries.ts'
import { documentDetail, editDocument, makeDocument, requireDocument, requireMade } from './service.ts'
import { templateRoutes } from './templates/routes.ts'
import { writeDocument } from './templates/service.ts'

/** What the office makes and issues. */
export function documentRoutes(ctx: Context, { jobs }: Parts): Router {
  const router = Router()
  serve(router, api.documents, async ({ user, query: { limit, cursor, ...filter } }) => {
    const found = await listDocuments(ctx.db, user, filter, { limit, before: parseCursor(cursor) })
    return { ...found, nextCursor: nextCursor(found.items, limit) }
  })
  serve(router, api.makeDocument, ({ user, body }) => makeDocument(ctx, jobs, user, body))
  serve(router, api.documentPaper, async ({ user, params, query, req }) => {
    const language = query.language ?? readersLanguage(req.get('accept-language'))
    const { row, data } = await requireMade(ctx.db, user, params.id)
    return paperOf(data, aboutOf(ctx, row), language)
  })
  serve(router, api.printDocument, async ({ user, params, query, req, res }) => {
    const language = query.language ?? readersLanguage(req.get('accept-language'))
    const { row, data } = await requireMade(ctx.db, user, params.id)
    asPage(res)
    const paper = paperOf(data, aboutOf(ctx, row), language)
    return pageOf(paper, language, await bytesOfPictures(ctx.db, paper))
  })
  serve(router, api.documentXlsx, async ({ user, params, query, req, res }) => {
    const language = query.language ?? readersLanguage(req.get('accept-language'))
    const { row, data } = await requireMade(ctx.db, user, params.id)
    const paper = paperOf(data, aboutOf(ctx, row), language)
    return sendFile(
      res,
      workbookOf(data, paper, language, () => partsOf(ctx.db, row.id)),
      fileName(row, 'xlsx'),
    )
  })
  serve(router, api.documentDocx, async ({ user, params, query, req, res }) => {
    const language = query.language ?? readersLanguage(req.get('accept-language'))
    const { row, data } = await requireMade(ctx.db, user, params.id)
    const paper = paperOf(data, aboutOf(ctx, row), language)
    const written = await writeDocument(ctx.db, row.kind, paper, language)
    res.attachment(fileName(row, 'docx'))
    res.send(Buffer.from(written))
    return ''
  })
  const pages = publicPages(ctx)
  serve(router, api.publicDocument, async ({ params, query, req, res }) => {
    const language = query.language ?? readersLanguage(req.get('accept-language'))
    const page = await pages(params.slug, language)
    asPage(res)
    res.setHeader('Cache-Control', 'public, max-age=60')
    res.vary('Accept-Language')
    return page
  })
  serve(router, api.documentReceipts, async ({ user, params }) => {
    await requireDocument(ctx.db, user, params.id)
    return listReceipts(ctx.db, user, params.id)
  })
  serve(router, api.document, ({ user, params }) => documentDetail(ctx.db, user, params.id))
  serve(router, api.editDocument, ({ user, params, body }) => editDocument(ctx, user, params.id, body))
  serve(router, api.reviewDocument, ({ user, params, body }) => reviewDocument(ctx, user, params.id, body))
  serve(router, api.returnDocument, ({ user, params, body }) => returnDocument(ctx, user, params.id, body))
  serve(router, api.issueDocument, ({ user, params, body }) => issueDocument(ctx, user, params.id, body))
  serve(router, api.openDocument, ({ user, params }) => openDocument(ctx, user, params.id))
  serve(router, api.replyDocument, ({ user, params, body }) => replyDocument(ctx, user, params.id, body))
  router.use(templateRoutes(ctx))
  return router
}
