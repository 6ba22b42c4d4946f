import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import type { Context } from '../../base/context.ts'
import { serve } from '../../people/requests/route.ts'
import { ownFieldsOf, ownValuesOf } from './queries.ts'
import { addOwnField, changeOwnField } from './service.ts'

/** The fields that the register of this installation has besides the national ones. */
export function ownFieldRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.ownFields, () => ownFieldsOf(ctx.db))
  serve(router, api.ownValues, ({ user, query: { keys, sites } }) =>
    ownValuesOf(ctx.db, user.scope, keys.split(','), sites?.split(',').map(Number)),
  )
  serve(router, api.addOwnField, ({ user, body }) => addOwnField(ctx, user, body))
  serve(router, api.changeOwnField, ({ user, params, body }) => changeOwnField(ctx, user, params.id, body))
  return router
}
