import { type Request, type Response, Router } from 'express'
import { api } from '../../../../shared/api.ts'
import type { Context } from '../../../base/context.ts'
import { asPublicPage } from '../../../base/http/html.ts'
import { readersLanguage } from '../../../base/http/language.ts'
import { serve } from '../../../people/requests/route.ts'
import { type PublicAnswer, type PublicForm, publicAnswers, publicLanguage } from './answers.ts'
import { publicLetters } from './letters.ts'

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
  const letters = publicLetters(ctx)
  const languageOf = ({ query, req }: Pick<Asked, 'query' | 'req'>) =>
    publicLanguage(query.lang, readersLanguage(req.get('accept-language')))
  const send = async (form: PublicForm, { query, req, res }: Asked) => {
    const answer = await answerTo(form, query.month, languageOf({ query, req }))
    if (form === 'page') asPublicPage(res)
    else res.type(form === 'data' ? 'json' : 'csv')
    if (form === 'table') res.attachment(`hotline-${answer.isFound ? (query.month ?? 'last') : 'none'}.csv`)
    give(answer, req, res)
  }
  const sendPage = (answer: PublicAnswer, { req, res }: Pick<Asked, 'req' | 'res'>) => {
    asPublicPage(res)
    give(answer, req, res)
  }
  serve(router, api.publicHotline, (call) => send('page', call) as Promise<never>)
  serve(router, api.publicHotlineData, (call) => send('data', call) as Promise<never>)
  serve(router, api.publicHotlineTable, (call) => send('table', call) as Promise<never>)
  serve(
    router,
    api.publicLetters,
    async (call) => sendPage(await letters.list(call.query, languageOf(call)), call) as never,
  )
  serve(
    router,
    api.publicLetter,
    async (call) => sendPage(await letters.one(call.params.number, languageOf(call)), call) as never,
  )
  return router
}

function give({ isFound, text, packed }: PublicAnswer, req: Request, res: Response): void {
  res.status(isFound ? 200 : 404)
  res.setHeader('Cache-Control', CACHE)
  res.vary('Accept-Language')
  res.vary('Accept-Encoding')
  if (!req.acceptsEncodings('gzip')) return void res.send(text)
  res.setHeader('Content-Encoding', 'gzip')
  res.send(packed)
}
