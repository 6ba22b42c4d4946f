import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import { MAX_REGISTER_BYTES } from '../../../shared/register/import/imports.ts'
import type { Context } from '../../base/context.ts'
import { readBody } from '../../base/http/body.ts'
import { readersLanguage } from '../../base/http/language.ts'
import { sendFile } from '../../base/http/send-file.ts'
import { serve } from '../../people/requests/route.ts'
import { inReadersWords } from './report/words.ts'
import { answerImport, applyImport, checkRegister, findImport, loadRegister, wrongRowsOf } from './service.ts'

/**
 * Loading a register in the product.
 * @param loaded called when one was loaded, for what follows in the background
 */
export function importRoutes(ctx: Context, loaded: () => Promise<void> = async () => {}): Router {
  const router = Router()
  serve(router, api.importRegister, async ({ user, query, req }) => {
    const bytes = await readBody(req, MAX_REGISTER_BYTES)
    const { name, area = null } = query
    const file = { name, bytes, area }
    const isDry = query.dryRun === 'true'
    const report = isDry
      ? await checkRegister(ctx, user, file)
      : await loadRegister(ctx, user, file, query.skipBad === 'true')
    if (!isDry) await loaded()
    return inReadersWords(report, req.get('accept-language'))
  })
  serve(router, api.registerImport, async ({ params, req }) =>
    inReadersWords(await findImport(ctx.db, params.id), req.get('accept-language')),
  )
  serve(router, api.wrongRows, async ({ params, query, req, res }) => {
    const language = query.language ?? readersLanguage(req.get('accept-language'))
    return sendFile(res, await wrongRowsOf(ctx.db, params.id, language), `import-${params.id}-wrong.xlsx`)
  })
  serve(router, api.answerImport, async ({ params, body, req }) =>
    inReadersWords(await answerImport(ctx, params.id, body.answers, body.area), req.get('accept-language')),
  )
  serve(router, api.applyImport, async ({ user, params, body, req }) => {
    const report = await applyImport(ctx, user, params.id, body)
    await loaded()
    return inReadersWords(report, req.get('accept-language'))
  })
  return router
}
