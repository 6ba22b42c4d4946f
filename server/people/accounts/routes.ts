import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import { MAX_SHEET_BYTES } from '../../../shared/people/accounts/accounts.ts'
import type { Context } from '../../base/context.ts'
import { readBody } from '../../base/http/body.ts'
import { sentenceFor } from '../../base/http/language.ts'
import { serve } from '../requests/route.ts'
import { createApiToken, listApiTokens, revokeApiToken } from '../rights/tokens.ts'
import { createWallLink, listWallLinks, revokeWallLink } from '../rights/wall-links.ts'
import { liftLockout, listLockouts } from '../sessions/failures.ts'
import { setSignInPolicy, signInPolicyOf } from '../sessions/policy.ts'
import { sessionRoutes } from '../sessions/session-routes.ts'
import { endSessionOf, endSessionsOf, listSessions } from '../sessions/sessions.ts'
import { listAccounts } from './account-list.ts'
import {
  createUser,
  disableUser,
  editUser,
  enableUser,
  resetPassword,
  resetSecondFactor,
  unlinkProvider,
} from './accounts.ts'
import { importAccounts } from './import.ts'
import { profileOf, setProfile } from './profile.ts'
import { listUsers } from './queries.ts'

/** Signing in and out, people, their tokens, and the links of wall displays. */
export function userRoutes(ctx: Context): Router {
  const router = Router()
  router.use(sessionRoutes(ctx), accountRoutes(ctx), tokenRoutes(ctx))

  serve(router, api.users, ({ user, query }) =>
    listUsers(ctx.db, user.scope, {
      assignable: query.assignable === 'true',
      district: query.district,
      q: query.q,
    }),
  )

  serve(router, api.wallLinks, () => listWallLinks(ctx))
  serve(router, api.createWallLink, ({ user, body }) => createWallLink(ctx, user, body.label))
  serve(router, api.revokeWallLink, ({ user, params }) => revokeWallLink(ctx, user, params.id))
  return router
}

/** What administrators and districts do with accounts. */
function accountRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.accounts, ({ user, query }) => listAccounts(ctx, user, query))
  serve(router, api.createUser, ({ user, body }) => createUser(ctx, user, body))
  serve(router, api.importAccounts, async ({ user, query, req }) => {
    const sheet = await readBody(req, MAX_SHEET_BYTES)
    const done = await importAccounts(ctx, user, sheet, query.dryRun === 'true')
    const rows = done.rows.map((row) => ({
      ...row,
      reason: row.reason && sentenceFor(row.reason, req.get('accept-language')),
    }))
    return { ...done, rows }
  })
  serve(router, api.editUser, ({ user, params, body }) => editUser(ctx, user, params.id, body))
  serve(router, api.resetPassword, ({ user, params }) => resetPassword(ctx, user, params.id))
  serve(router, api.disableUser, ({ user, params }) => disableUser(ctx, user, params.id))
  serve(router, api.enableUser, ({ user, params }) => enableUser(ctx, user, params.id))
  serve(router, api.resetSecondFactor, ({ user, params }) => resetSecondFactor(ctx, user, params.id))
  serve(router, api.unlinkProvider, ({ user, params }) => unlinkProvider(ctx, user, params.id))

  serve(router, api.profile, ({ user }) => profileOf(ctx.db, user.id))
  serve(router, api.setProfile, ({ user, body }) => setProfile(ctx, user, body))
  serve(router, api.userSessions, ({ params, req }) => listSessions(ctx.db, params.id, req.sessionID))
  serve(router, api.endUserSession, ({ user, params }) =>
    endSessionOf(ctx, user, params.id, params.sessionId),
  )
  serve(router, api.endUserSessions, ({ user, params }) => endSessionsOf(ctx, user, params.id))
  serve(router, api.lockouts, () => listLockouts(ctx))
  serve(router, api.liftLockout, ({ user, params }) => liftLockout(ctx, user, params.id))
  serve(router, api.signInPolicy, () => signInPolicyOf(ctx.db))
  serve(router, api.setSignInPolicy, ({ user, body }) => setSignInPolicy(ctx, user, body))
  return router
}

function tokenRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.tokens, ({ user }) => listApiTokens(ctx.db, user.id))
  serve(router, api.createToken, ({ user, body }) => createApiToken(ctx, user, body))
  serve(router, api.revokeToken, ({ user, params }) => revokeApiToken(ctx, user, user.id, params.id))
  serve(router, api.userTokens, ({ params }) => listApiTokens(ctx.db, params.id))
  serve(router, api.revokeUserToken, ({ user, params }) =>
    revokeApiToken(ctx, user, params.id, params.tokenId),
  )
  return router
}
