import { type Request, type Response, Router } from 'express'
import { api } from '../../../shared/api.ts'
import type { Context } from '../../base/context.ts'
import { readersLanguage } from '../../base/http/language.ts'
import { Refusal } from '../../base/refusal.ts'
import { say } from '../../base/words/say.ts'
import { serve } from '../requests/route.ts'
import { beginSession, PROVIDER_REQUEST_MS } from '../requests/session.ts'
import { type Provider, ProviderError } from './provider.ts'
import { signInByProvider } from './provider-sign-in.ts'

/** To the sign-in provider and back. Browsers come here by themselves, so refusals lead to the sign-in page. */
export function providerRoutes(ctx: Context, provider: Provider | null): Router {
  const router = Router()

  serve(router, api.signInOptions, ({ req }) => ({
    provider: ctx.config.provider && {
      label:
        ctx.config.provider.label ??
        say({ word: 'notices.provider' }, readersLanguage(req.headers['accept-language'])),
    },
  }))

  serve(router, api.startProvider, ({ query, req, res }) =>
    orBack(res, async () => {
      const { url, request } = await present(provider).begin(originOf(ctx, req), pathWithin(query.next))
      req.session.providerRequest = request
      if (req.session.userId === undefined && req.session.wallLinkId === undefined) {
        req.session.cookie.maxAge = PROVIDER_REQUEST_MS
      }
      await saved(req)
      res.redirect(303, url.href)
    }),
  )

  serve(router, api.returnFromProvider, ({ req, res }) =>
    orBack(res, async () => {
      const there = present(provider)
      const request = req.session.providerRequest
      if (!request) throw new ProviderError('stale', null)
      delete req.session.providerRequest
      await saved(req)
      const person = await there.finish(req.originalUrl, request)
      const { user: _, ...who } = await signInByProvider(ctx, person, req.ip ?? '')
      await beginSession(req, who, new Date(ctx.clock.now()), { idToken: person.idToken })
      res.redirect(303, request.next)
    }),
  )

  async function orBack(res: Response, run: () => Promise<void>): Promise<string> {
    try {
      await run()
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      ctx.log.warn({ err: error, cause: error.cause }, 'nobody came in by the sign-in provider')
      res.redirect(303, `/sign-in?refused=${error.reason}`)
    }
    return ''
  }
  return router
}

/** The origin that the browser sees us at. */
export function originOf({ config }: Context, req: Request): string {
  return config.publicOrigin ? new URL(config.publicOrigin).origin : `${req.protocol}://${req.get('host')}`
}

function present(provider: Provider | null): Provider {
  if (provider) return provider
  throw new Refusal('not_found', 'sessions.noSignProviderConfigured')
}

/** Only a path of our own: an address from outside must not lead away after sign-in. */
function pathWithin(next: string | undefined): string {
  return next && /^\/(?![/\\])/.test(next) ? next : '/'
}

function saved(req: Request): Promise<void> {
  return new Promise((resolve, reject) => {
    req.session.save((error) => (error ? reject(error) : resolve()))
  })
}
