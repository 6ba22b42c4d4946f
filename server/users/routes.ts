import { Router } from 'express'
import { api } from '../../shared/api.ts'
import type { Context } from '../context.ts'
import { serve } from '../http/route.ts'
import { createUser, disableUser, resetPassword } from './accounts.ts'
import { listUsers } from './queries.ts'
import { sessionRoutes } from './session-routes.ts'
import { createWallLink, listWallLinks, revokeWallLink } from './wall-links.ts'

/** Signing in and out, people, and the links of wall displays. */
export function userRoutes(ctx: Context): Router {
  const router = Router()
  router.use(sessionRoutes(ctx))

  serve(router, api.users, ({ user, query }) =>
    listUsers(ctx.db, user.scope, { assignable: query.assignable === 'true', district: query.district }),
  )

  serve(router, api.createUser, ({ user, body }) => createUser(ctx, user, body))
  serve(router, api.resetPassword, ({ user, params }) => resetPassword(ctx, user, params.id))
  serve(router, api.disableUser, ({ user, params }) => disableUser(ctx, user, params.id))

  serve(router, api.wallLinks, () => listWallLinks(ctx))
  serve(router, api.createWallLink, ({ user, body }) => createWallLink(ctx, user, body.label))
  serve(router, api.revokeWallLink, ({ user, params }) => revokeWallLink(ctx, user, params.id))
  return router
}
