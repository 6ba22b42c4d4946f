import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import { LANGUAGES } from '../../../shared/base/words/locales.ts'
import type { Context } from '../../base/context.ts'
import { asPublicPage } from '../../base/http/html.ts'
import { readersLanguage } from '../../base/http/language.ts'
import { remembered } from '../../base/http/remembered.ts'
import { Refusal } from '../../base/refusal.ts'
import { languageFor, offeredLanguages } from '../../base/words/offered.ts'
import { serve } from '../../people/requests/route.ts'
import { namedArea } from '../../register/divisions/area.ts'
import { openDataPage } from './page.ts'
import { isPublished } from './publish.ts'
import { fileOf, filesOf, publishedDays } from './queries.ts'

const unpack = promisify(gunzip)
/** However many ask, the database is asked a few times a minute; so many files are held meanwhile. */
const [FRESH_MS, MOST_KEPT] = [15_000, 12]

/** What is published by night, for everybody: no sign-in, no script. Off: as if there were nothing. */
export function openDataRoutes(ctx: Context, isDemo: boolean): Router {
  const router = Router()
  const pages = remembered<string>(ctx.clock, FRESH_MS, LANGUAGES.length)
  const days = remembered<readonly string[]>(ctx.clock, FRESH_MS, 1)
  const files = remembered<Awaited<ReturnType<typeof fileOf>>>(ctx.clock, FRESH_MS, MOST_KEPT)
  const refuseUnlessOn = () => {
    if (!isPublished(isDemo)) throw new Refusal('not_found', 'openData.off')
  }
  const published = () => days('', () => publishedDays(ctx.db))

  serve(router, api.openDataPage, async ({ query, req, res }) => {
    refuseUnlessOn()
    const asked = LANGUAGES.find((one) => one === query.lang)
    const language = languageFor(asked ?? readersLanguage(req.get('accept-language')))
    const page = await pages(language, async () => {
      const [all, area] = [await publishedDays(ctx.db), await namedArea(ctx.db)]
      const newest = all[0] === undefined ? [] : await filesOf(ctx.db, all[0])
      const languages = offeredLanguages()
      return openDataPage({ days: all, files: newest, isDemo, language, languages, area })
    })
    res.setHeader('Cache-Control', 'public, max-age=60')
    res.vary('Accept-Language')
    asPublicPage(res)
    res.send(page)
    return page
  })

  serve(router, api.openDataFile, async ({ params: { day, file }, req, res }) => {
    refuseUnlessOn()
    const all = await published()
    const of = day === 'latest' ? all[0] : all.find((one) => one === day)
    const found = of && (await files(`${of} ${file}`, () => fileOf(ctx.db, of, file)))
    if (!of || !found) throw new Refusal('not_found', 'openData.noSuchFile')
    res.type(file.endsWith('.json') ? 'json' : 'csv')
    res.attachment(`${isDemo ? 'demo-' : ''}${of}-${file}`)
    res.setHeader('Cache-Control', day === 'latest' ? 'public, max-age=300' : 'public, max-age=86400')
    res.setHeader('ETag', `"${found.hash}"`)
    res.setHeader('Access-Control-Allow-Origin', '*')
    res.vary('Accept-Encoding')
    if (req.acceptsEncodings('gzip')) {
      res.setHeader('Content-Encoding', 'gzip')
      res.send(found.body)
    } else res.send(await unpack(found.body))
    return ''
  })
  return router
}
