import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import { MAX_WORDS_BYTES } from '../../../shared/monitor/wrong-words/wrong-words-rules.ts'
import type { Context } from '../../base/context.ts'
import { readBody } from '../../base/http/body.ts'
import { sentenceFor } from '../../base/http/language.ts'
import { nextCursor, parseCursor } from '../../base/http/paging.ts'
import { serve } from '../../people/requests/route.ts'
import { tryText } from './dictionary.ts'
import { importWords } from './import.ts'
import { addWrongWord, changeWrongWord, listWords } from './service.ts'

/** The dictionary of wrong words. */
export function wrongWordRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.wrongWords, async ({ query: { cursor, limit, ...filter } }) => {
    const found = await listWords(ctx, filter, { limit, after: parseCursor(cursor) })
    return { ...found, nextCursor: nextCursor(found.items, limit) }
  })
  serve(router, api.addWrongWord, ({ user, body }) => addWrongWord(ctx, user, body))
  serve(router, api.changeWrongWord, ({ user, params, body }) => changeWrongWord(ctx, user, params.id, body))
  serve(router, api.importWrongWords, async ({ user, query, req }) => {
    const sheet = await readBody(req, MAX_WORDS_BYTES)
    const done = await importWords(ctx, user, sheet, query.dryRun === 'true')
    const language = req.get('accept-language')
    const wrongRows = done.wrongRows.map(({ reason, line, cells }) => ({
      ...{ line, cells: [...cells], reason: sentenceFor(reason, language) },
    }))
    return { ...done, wrongRows }
  })
  serve(router, api.tryWrongWords, ({ body }) => tryText(ctx.db, body.text))
  return router
}
