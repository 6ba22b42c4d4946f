import { type Request, type Response, Router } from 'express'
import { api } from '../../../shared/api.ts'
import type { User } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Reason } from '../../base/words/refusals.ts'
import { listDemoSignIns } from '../accounts/demo-sign-ins.ts'
import { serve } from '../requests/route.ts'
import { beginSession, COOKIE_NAME, endSession } from '../requests/session.ts'
import { createDevices } from './devices.ts'
import { createFailureLimit } from './failures.ts'
import { createProvider } from './provider.ts'
import { originOf, providerRoutes } from './provider-routes.ts'
import {
  confirmSecondFactor,
  disableSecondFactor,
  newRecoveryCodes,
  secondFactorState,
  startSecondFactor,
} from './second-factor.ts'
import { endSessionOf, endSessionsOf, listSessions } from './sessions.ts'
import { auditSession, changePassword, type SignedIn, signInByKey, signInByPassword } from './sign-in.ts'

interface PasswordGiven {
  username: string
  password: string
  code?: string | undefined
}

/** Signing in and out, and what concerns the own sign-in. */
export function sessionRoutes(ctx: Context): Router {
  const router = Router()
  const failures = createFailureLimit(ctx)
  const devices = createDevices(ctx)
  const provider = ctx.config.provider && createProvider(ctx.config.provider)
  router.use(providerRoutes(ctx, provider))

  const retryAfter = (res: Response) => (seconds: number) => void res.setHeader('Retry-After', seconds)

  async function byPassword(body: PasswordGiven, req: Request, res: Response): Promise<SignedIn> {
    const address = req.ip ?? ''
    const username = body.username.trim().toLowerCase()
    const device = await devices.known(req, username)
    const attempt = (needsCode: boolean) => () =>
      signInByPassword(
        ctx,
        body,
        address,
        (account, tryCode) => failures.guard({ account: account.id, username }, retryAfter(res), tryCode),
        { lane: device ? 'known' : 'stranger', needsCode },
      )
    const doubly = body.code === undefined ? undefined : attempt(true)
    const signedIn = await failures.guard(
      { address, device, username },
      retryAfter(res),
      attempt(false),
      doubly,
    )
    if (!signedIn) throw new Refusal('unauthenticated', 'sessions.usernamePasswordWrong')
    await devices.remember(req, res, username)
    return signedIn
  }

  /** Nobody guesses a key, so nobody is shut out for wrong ones: a stranger could darken the walls of an office. */
  async function byKey(wallKey: string, req: Request): Promise<SignedIn> {
    const signedIn = await signInByKey(ctx, wallKey, req.ip ?? '')
    if (!signedIn) throw new Refusal('unauthenticated', 'sessions.wallLinkNotValidRevoked')
    return signedIn
  }

  serve(router, api.signIn, async ({ body, req, res }) => {
    const signedIn = 'username' in body ? await byPassword(body, req, res) : await byKey(body.wallKey, req)
    const { user, ...who } = signedIn
    await beginSession(req, who, new Date(ctx.clock.now()))
    return user
  })

  serve(router, api.demoSignIns, () => listDemoSignIns(ctx.db))

  serve(router, api.session, ({ user }) => user)

  serve(router, api.signOut, async ({ user, req, res }) => {
    const idToken = req.session.provider?.idToken
    await auditSession(ctx, 'session.closed', user, {})
    await endSession(req)
    res.clearCookie(COOKIE_NAME)
    ctx.recheck(user.id)
    return { leaveAt: (idToken && provider?.leaveAt(idToken, originOf(ctx, req))) || null }
  })

  /** What is proven by password or code counts as a sign-in where it fails. */
  async function proven<T>(
    call: { user: User; req: Request; res: Response },
    attempt: () => Promise<T | null>,
    reason: Reason,
  ): Promise<T> {
    const { username } = call.user
    const who = { address: call.req.ip ?? '', device: await devices.known(call.req, username), username }
    const done = await failures.guard(who, retryAfter(call.res), attempt)
    if (done === null) throw new Refusal('invalid', reason)
    return done
  }

  serve(router, api.changePassword, async (call) => {
    await proven(
      call,
      () => changePassword(ctx, call.user, call.body, call.req.sessionID),
      'sessions.currentPasswordWrong',
    )
  })

  serve(router, api.secondFactor, ({ user }) => secondFactorState(ctx, user))
  serve(router, api.startSecondFactor, (call) =>
    proven(call, () => startSecondFactor(ctx, call.user, call.body.password), 'sessions.passwordWrong'),
  )
  serve(router, api.confirmSecondFactor, (call) =>
    proven(
      call,
      () => confirmSecondFactor(ctx, call.user, call.body.code, call.req.sessionID),
      'sessions.codeWrong',
    ),
  )
  serve(router, api.newRecoveryCodes, (call) =>
    proven(call, () => newRecoveryCodes(ctx, call.user, call.body), 'sessions.proofWrong'),
  )
  serve(router, api.disableSecondFactor, async (call) => {
    await proven(call, () => disableSecondFactor(ctx, call.user, call.body), 'sessions.proofWrong')
  })

  serve(router, api.sessions, ({ user, req }) => listSessions(ctx.db, user.id, req.sessionID))
  serve(router, api.endSession, ({ user, params }) => endSessionOf(ctx, user, user.id, params.sessionId))
  serve(router, api.endOtherSessions, ({ user, req }) => endSessionsOf(ctx, user, user.id, req.sessionID))
  return router
}
