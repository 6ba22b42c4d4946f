import { Router } from 'express'
import { api } from '../../shared/api.ts'
import type { Context } from '../context.ts'
import { serve } from '../http/route.ts'
import { beginSession, COOKIE_NAME, endSession } from '../http/session.ts'
import { Refusal } from '../refusal.ts'
import { listDemoSignIns } from './demo.ts'
import { createFailureLimit } from './failures.ts'
import { auditSession, changePassword, signInByKey, signInByPassword } from './sign-in.ts'

/** Name under which the failures of wall keys are counted; no person's username has a space. */
const WALL = 'wall link'

export function sessionRoutes(ctx: Context): Router {
  const router = Router()
  const failures = createFailureLimit(ctx.clock)

  serve(router, api.signIn, async ({ body, req, res }) => {
    const address = req.ip ?? ''
    const isPerson = 'username' in body
    const username = isPerson ? body.username.trim().toLowerCase() : WALL
    const signedIn = await failures.guard(
      { address, username },
      (seconds) => res.setHeader('Retry-After', seconds),
      () => (isPerson ? signInByPassword(ctx, body, address) : signInByKey(ctx, body.wallKey, address)),
    )
    if (!signedIn) throw new Refusal('unauthenticated', isPerson ? WRONG_PASSWORD : WRONG_KEY)
    const { user, ...who } = signedIn
    await beginSession(req, who)
    return user
  })

  serve(router, api.demoSignIns, () => listDemoSignIns(ctx.db))

  serve(router, api.session, ({ user }) => user)

  serve(router, api.signOut, async ({ user, req, res }) => {
    await auditSession(ctx, 'session.closed', user, {})
    await endSession(req)
    res.clearCookie(COOKIE_NAME)
  })

  serve(router, api.changePassword, async ({ user, body, req, res }) => {
    const changed = await failures.guard(
      { address: req.ip ?? '', username: user.username },
      (seconds) => res.setHeader('Retry-After', seconds),
      () => changePassword(ctx, user, body, req.sessionID),
    )
    if (!changed) throw new Refusal('invalid', '当前密码不正确。The current password is wrong.')
  })
  return router
}

const WRONG_PASSWORD = '用户名或密码不正确。The username or the password is wrong.'
const WRONG_KEY = '大屏链接无效或已被撤销。The wall link is not valid or was revoked.'
