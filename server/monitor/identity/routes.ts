import { type Response, Router } from 'express'
import { api } from '../../../shared/api.ts'
import { LANGUAGES } from '../../../shared/base/words/locales.ts'
import type { MonitorIdentity } from '../../../shared/monitor/identity/identity.ts'
import type { Context } from '../../base/context.ts'
import { asPublicPage } from '../../base/http/html.ts'
import { readersLanguage } from '../../base/http/language.ts'
import { remembered } from '../../base/http/remembered.ts'
import { languageFor, offeredLanguages } from '../../base/words/offered.ts'
import { serve } from '../../people/requests/route.ts'
import { identityOf } from './identity.ts'
import { identityPage } from './page.ts'

/** However many ask, the database is asked a few times a minute. */
const FRESH_MS = 15_000

/** Who the monitor is, for everybody: no sign-in, no script. */
export function identityRoutes(ctx: Context, isDemo: boolean): Router {
  const router = Router()
  const known = remembered<MonitorIdentity>(ctx.clock, FRESH_MS, 1)
  const who = () => known('', () => identityOf(ctx, isDemo))
  const cached = (res: Response) => {
    res.setHeader('Cache-Control', 'public, max-age=60')
    res.vary('Accept-Language')
  }
  serve(router, api.monitorPage, async ({ query, req, res }) => {
    const asked = LANGUAGES.find((one) => one === query.lang)
    const language = languageFor(asked ?? readersLanguage(req.get('accept-language')))
    const page = identityPage(await who(), language, offeredLanguages())
    cached(res)
    asPublicPage(res)
    res.send(page)
    return page
  })
  serve(router, api.monitorIdentity, async ({ res }) => {
    cached(res)
    return who()
  })
  serve(router, api.monitorAddresses, async ({ res }) => {
    const { addresses } = await who()
    const text = addresses.map(({ range }) => `${range}\n`).join('')
    cached(res)
    res.type('text/plain').send(text)
    return text
  })
  return router
}
