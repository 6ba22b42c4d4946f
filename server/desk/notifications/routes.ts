import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import type { Context } from '../../base/context.ts'
import { nextCursor, parseCursor } from '../../base/http/paging.ts'
import { serve } from '../../people/requests/route.ts'
import { changeChannel, createChannel, testChannel } from './channels/channels.ts'
import { createOutlet } from './channels/outlet.ts'
import { resendDead, resendDelivery } from './delivery/resend.ts'
import { waitingFor } from './delivery/waiting.ts'
import { markRead } from './inbox.ts'
import { listChannels, listDeliveries, listInbox, listSubscriptions } from './queries.ts'
import { changeSubscription, createSubscription, deleteSubscription } from './subscriptions.ts'

/** Channels, subscriptions, messages on their way, and everybody's inbox. */
export function notificationRoutes(ctx: Context): Router {
  const router = Router()
  const line = createOutlet(ctx.config)

  serve(router, api.channels, ({ user }) => listChannels(ctx, user))
  serve(router, api.createChannel, ({ user, body }) => createChannel(ctx, user, body))
  serve(router, api.changeChannel, ({ user, params, body }) => changeChannel(ctx, user, params.id, body))
  serve(router, api.testChannel, ({ user, params, body }) =>
    testChannel(ctx, line, user, params.id, body.address),
  )

  serve(router, api.subscriptions, ({ user }) => listSubscriptions(ctx.db, user))
  serve(router, api.createSubscription, ({ user, body }) => createSubscription(ctx, user, body))
  serve(router, api.changeSubscription, ({ user, params, body }) =>
    changeSubscription(ctx, user, params.id, body),
  )
  serve(router, api.deleteSubscription, ({ user, params }) => deleteSubscription(ctx, user, params.id))

  serve(router, api.deliveries, async ({ user, query: { cursor, limit, ...filter } }) => {
    const page = await listDeliveries(ctx.db, user, { ...filter, limit, before: parseCursor(cursor) })
    return { ...page, nextCursor: nextCursor(page.items, limit) }
  })
  serve(router, api.resendDelivery, ({ user, params }) => resendDelivery(ctx, user, params.id))
  serve(router, api.resendDead, async ({ user, body }) => ({
    count: await resendDead(ctx, user, body.channelId),
  }))

  serve(router, api.inbox, async ({ user, query: { cursor, limit } }) => {
    const page = await listInbox(ctx.db, user.id, { limit, before: parseCursor(cursor) })
    return { ...page, nextCursor: nextCursor(page.items, limit) }
  })
  serve(router, api.waiting, ({ user }) => waitingFor(ctx.db, user, ctx.clock.now()))
  serve(router, api.readInbox, ({ user, body }) => markRead(ctx, user, body.upTo))
  return router
}
