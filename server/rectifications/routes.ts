import { Router } from 'express'
import { api } from '../../shared/api.ts'
import type { Context } from '../context.ts'
import { nextCursor, parseCursor } from '../http/paging.ts'
import { serve } from '../http/route.ts'
import { Refusal } from '../refusal.ts'
import { dueDay } from './due.ts'
import { burnDown, openByDistrict, progressOf } from './progress.ts'
import { findFix, listFixes } from './queries.ts'
import { raiseRectification } from './raise.ts'
import { takeStep } from './service.ts'

/** Fixes: lists and progress, raising one, and its steps; deadlines in working days. */
export function rectificationRoutes(ctx: Context): Router {
  const router = Router()
  reading(router, ctx)
  serve(router, api.raiseRectification, ({ user, body }) => raiseRectification(ctx, user, body))

  serve(router, api.assignRectification, ({ user, params: { id }, body: { version, ...rest } }) =>
    takeStep(ctx, user, { id, version }, { step: 'assign', ...rest }),
  )
  serve(router, api.acceptRectification, ({ user, params: { id }, body: { version } }) =>
    takeStep(ctx, user, { id, version }, { step: 'accept' }),
  )
  serve(router, api.submitRectification, ({ user, params: { id }, body: { version, ...rest } }) =>
    takeStep(ctx, user, { id, version }, { step: 'submit', ...rest }),
  )
  serve(router, api.returnRectification, ({ user, params: { id }, body: { version, ...rest } }) =>
    takeStep(ctx, user, { id, version }, { step: 'return', ...rest }),
  )
  serve(router, api.extendRectification, ({ user, params: { id }, body: { version, ...rest } }) =>
    takeStep(ctx, user, { id, version }, { step: 'extend', ...rest }),
  )
  serve(router, api.overrideRectification, ({ user, params: { id }, body: { version, ...rest } }) =>
    takeStep(ctx, user, { id, version }, { step: 'override', ...rest }),
  )
  return router
}

function reading(router: Router, ctx: Context): void {
  serve(router, api.rectifications, async ({ user, query }) => {
    const { cursor, limit, unit, ...filter } = query
    const before = parseCursor(cursor)
    const page = await listFixes(ctx.db, user.scope, { ...filter, unitId: unit }, { limit, before })
    return { ...page, nextCursor: nextCursor(page.items, limit) }
  })
  // Before the one with an id in its place.
  serve(router, api.progress, ({ user }) => progressOf(ctx.db, user.scope, ctx.clock.now()))
  serve(router, api.burnDown, async ({ user, query }) => {
    const now = ctx.clock.now()
    const points = await burnDown(ctx.db, user.scope, query.days, now)
    return { points, byDistrict: await openByDistrict(ctx.db, user.scope, now) }
  })
  serve(router, api.rectification, async ({ user, params }) => {
    const fix = await findFix(ctx.db, user.scope, params.id)
    if (!fix) throw new Refusal('not_found', '没有这项整改。There is no such fix.')
    return fix
  })
  serve(router, api.deadlines, ({ query }) => ({ due: dueDay(query.from, query.workdays) }))
}
