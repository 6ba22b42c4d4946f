import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import { districtsOf } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import { Refusal } from '../../base/refusal.ts'
import { serve } from '../../people/requests/route.ts'
import { findLocation } from '../../register/sites/queries.ts'
import { contactsOfSite } from './contacts.ts'
import { desksSeen, dutyDesks, handovers, shiftsBetween } from './queries.ts'
import {
  addRotation,
  addShift,
  draftHandover,
  handOver,
  removeShift,
  signHandover,
  swapShift,
} from './service.ts'

/** How many notes of handing over are shown. */
const NOTES = 50

/** The duty roster: who is on duty where and when, and what one turn leaves to the next. */
export function dutyRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.dutyDesks, async ({ user }) =>
    onlySeen(await desksSeen(ctx.db, user.scope), await dutyDesks(ctx.db, new Date(ctx.clock.now()))),
  )
  serve(router, api.dutyShifts, async ({ user, query }) =>
    onlySeen(
      await desksSeen(ctx.db, user.scope),
      await shiftsBetween(ctx.db, new Date(query.from), new Date(query.to)),
    ),
  )
  serve(router, api.addShift, ({ user, body }) => addShift(ctx, user, body))
  serve(router, api.addRotation, ({ user, body }) => addRotation(ctx, user, body))
  serve(router, api.swapShift, ({ user, params, body }) => swapShift(ctx, user, params.id, body))
  serve(router, api.removeShift, ({ user, params, body }) => removeShift(ctx, user, params.id, body.version))
  serve(router, api.handovers, ({ user }) => handovers(ctx.db, user.scope, NOTES))
  serve(router, api.handoverDraft, ({ user, query }) =>
    draftHandover(ctx, user, query.district ?? districtsOf(user.scope)[0] ?? null),
  )
  serve(router, api.signHandover, ({ user, params }) => signHandover(ctx, user, params.id))
  serve(router, api.handOver, ({ user, body }) => handOver(ctx, user, body))
  serve(router, api.siteContacts, async ({ user, params, query }) => {
    const site = await findLocation(ctx.db, user.scope, params.id)
    if (!site) throw new Refusal('not_found', 'common.noSuchSite')
    return contactsOfSite(ctx.db, site, query, new Date(ctx.clock.now()))
  })
  return router
}

function onlySeen<T extends { district: string | null }>(
  seen: ReadonlySet<string | null> | null,
  all: T[],
): T[] {
  return seen === null ? all : all.filter((one) => seen.has(one.district))
}
