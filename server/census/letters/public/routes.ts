import { type Request, type Response, Router } from 'express'
import { api } from '../../../../shared/api.ts'
import type { Context } from '../../../base/context.ts'
import { asPublicPage } from '../../../base/http/html.ts'
import { readersLanguage } from '../../../base/http/language.ts'
import { serve } from '../../../people/requests/route.ts'
import { type PublicForm, publicAnswers, publicLanguage } from './answers.ts'

/** Whoever asks again within these has it still, and shares it. */
const CACHE = 'public, max-age=60'

interface Asked {
  readonly query: { readonly month?: string | undefined; readonly lang?: string | undefined }
  readonly req: Request
  readonly res: Response
}

/** The hotline for everybody: no sign-in, no script, no cookie. */
export function hotlineRoutes(ctx: Context): Router {
  const router = Router()
  const answerTo = publicAnswers(ctx)
  const send = async (form: PublicForm, { query, req, res }: Asked) => {
    const language = publicLanguage(query.lang, readersLanguage(req.get('accept-language')))
    const { isFound, text, packed } = await answerTo(form, query.month, language)
    res.status(isFound ? 200 : 404)
    res.setHeader('Cache-Control', CACHE)
    res.vary('Accept-Language')
    res.vary('Accept-Encoding')
    if (form === 'page') asPublicPage(res)
    else res.type(form === 'data' ? 'json' : 'csv')
    if (form === 'table') res.attachment(`hotline-${isFound ? (query.month ?? 'last') : 'none'}.csv`)
    if (!req.acceptsEncodings('gzip')) return void res.send(text)
    res.setHeader('Content-Encoding', 'gzip')
    res.send(packed)
  }
  serve(router, api.publicHotline, (call) => send('page', call) as Promise<never>)
  serve(router, api.publicHotlineData, (call) => send('data', call) as Promise<never>)
  serve(router, api.publicHotlineTable, (call) => send('table', call) as Promise<never>)
  return router
}
