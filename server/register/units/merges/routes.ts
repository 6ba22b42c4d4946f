import { Router } from 'express'
import { api } from '../../../../shared/api.ts'
import type { Context } from '../../../base/context.ts'
import { serve } from '../../../people/requests/route.ts'
import { unitDetail } from '../queries.ts'
import { unitKinOf } from './queries.ts'
import { mergeUnits, undoUnitMerge } from './service.ts'

/** Units that became one. */
export function unitMergeRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.unitKin, async ({ user, params }) => {
    // Refused where the unit is not theirs to see.
    const { id } = await unitDetail(ctx.db, user, params.id)
    return unitKinOf(ctx.db, user, id)
  })
  serve(router, api.mergeUnits, ({ user, params, body }) => mergeUnits(ctx, user, params.id, body))
  serve(router, api.undoUnitMerge, ({ user, params, body }) =>
    undoUnitMerge(ctx, user, params.id, body.reason),
  )
  return router
}
