import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import { localDay } from '../../../shared/base/time.ts'
import { may } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import { serve } from '../../people/requests/route.ts'
import { findEdition } from './in-force.ts'
import { listEditions } from './list.ts'
import { changeEdition, copyEdition, discardEdition, publishEdition, retireEdition } from './service.ts'

/** The census rules, for everybody to read; the installation's own are made by those who set it up. */
export function editionRoutes(ctx: Context): Router {
  const router = Router()
  const drafts = (user: Parameters<typeof may>[0]) => may(user, 'settings.manage')
  serve(router, api.editions, ({ user }) =>
    listEditions(ctx.db, localDay(ctx.clock.now()), { drafts: drafts(user) }),
  )
  serve(router, api.edition, ({ user, params, query }) =>
    findEdition(ctx.db, params.code, {
      ...{ revision: query.revision, on: localDay(ctx.clock.now()) },
      drafts: drafts(user),
    }),
  )
  serve(router, api.copyEdition, ({ user, body }) => copyEdition(ctx, user, body))
  serve(router, api.changeEdition, ({ user, params, body }) => changeEdition(ctx, user, params.code, body))
  serve(router, api.discardEdition, ({ user, params, body }) =>
    discardEdition(ctx, user, params.code, body.version),
  )
  serve(router, api.publishEdition, ({ user, params, body }) => publishEdition(ctx, user, params.code, body))
  serve(router, api.retireEdition, ({ user, params, body }) => retireEdition(ctx, user, params.code, body))
  return router
}
