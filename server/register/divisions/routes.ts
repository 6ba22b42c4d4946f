import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import type { Context } from '../../base/context.ts'
import { Refusal } from '../../base/refusal.ts'
import { serve } from '../../people/requests/route.ts'
import { findArea } from './area.ts'
import { divisionsWith, namedLike, partsOf, pathTo, topOf } from './queries.ts'
import { changeDivision, createDivision } from './service.ts'

/** The tree of divisions: reading it, and an administrator's corrections. */
export function divisionRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.divisions, async ({ user, query: { under } }) => {
    if (under !== undefined) return partsOf(ctx.db, user.scope, under)
    return topOf(ctx.db, user.scope, (await findArea(ctx.db))?.code ?? null)
  })
  serve(router, api.division, async ({ user, params: { code } }) => {
    const path = await pathTo(ctx.db, code)
    const found = new Map((await divisionsWith(ctx.db, user.scope, path)).map((one) => [one.code, one]))
    const [division, ...above] = path.flatMap((one) => found.get(one) ?? []).reverse()
    if (!division) throw new Refusal('not_found', 'divisions.none')
    return { division, above: above.reverse() }
  })
  serve(router, api.findDivisions, ({ user, query: { q } }) => namedLike(ctx.db, user.scope, q))
  serve(router, api.addDivision, ({ user, body }) => createDivision(ctx, user, body))
  serve(router, api.changeDivision, ({ user, params, body }) => changeDivision(ctx, user, params.code, body))
  return router
}
