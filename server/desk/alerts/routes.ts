import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import { DAY } from '../../../shared/base/time.ts'
import type { User } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import { sentenceFor } from '../../base/http/language.ts'
import { nextCursor, parseCursor } from '../../base/http/paging.ts'
import { Refusal } from '../../base/refusal.ts'
import { serve } from '../../people/requests/route.ts'
import { falseAlarmFigures } from './false-alarm-figures.ts'
import { lookAt } from './look.ts'
import { peopleWhoSee } from './mentions.ts'
import { findAlert, listAlerts } from './queries.ts'
import { commandAlert, commandAlerts, commentAlert, notFound, type Outcome } from './service.ts'

/** Alerts: lists, and what people do to them. */
export function alertRoutes(ctx: Context): Router {
  const router = Router()

  serve(router, api.alerts, async ({ user, query }) => {
    const { assignee, cursor, limit, ...filter } = query
    const assigneeId = parseAssignee(assignee, user)
    const before = parseCursor(cursor)
    const page = await listAlerts(ctx.db, user.scope, { ...filter, assigneeId }, { limit, before })
    return { ...page, nextCursor: nextCursor(page.items, limit) }
  })
  serve(router, api.bulkAlerts, async ({ user, body, req }) => {
    const { items, ...command } = body
    const outcomes = await commandAlerts(ctx, user, items, command)
    return { results: outcomes.map((outcome) => toResult(outcome, req.get('accept-language'))) }
  })
  serve(router, api.lookAtAlerts, async ({ user, body }) => ({ seen: await lookAt(ctx, user, body) }))
  serve(router, api.falseAlarms, ({ user, query }) =>
    falseAlarmFigures(ctx.db, user.scope, new Date(ctx.clock.now() - query.days * DAY)),
  )
  serve(router, api.alertPeople, async ({ user, params }) => {
    const alert = await findAlert(ctx.db, user.scope, params.id)
    if (!alert) throw notFound()
    return peopleWhoSee(ctx.db, alert)
  })
  serve(router, api.alert, async ({ user, params }) => {
    const alert = await findAlert(ctx.db, user.scope, params.id)
    if (!alert) throw notFound()
    return alert
  })

  serve(router, api.acknowledgeAlert, ({ user, params: { id }, body: { version, ...rest } }) =>
    commandAlert(ctx, user, { id, version }, { action: 'acknowledge', ...rest }),
  )
  serve(router, api.assignAlert, ({ user, params: { id }, body: { version, ...rest } }) =>
    commandAlert(ctx, user, { id, version }, { action: 'assign', ...rest }),
  )
  serve(router, api.silenceAlert, ({ user, params: { id }, body: { version, ...rest } }) =>
    commandAlert(ctx, user, { id, version }, { action: 'silence', ...rest }),
  )
  serve(router, api.unsilenceAlert, ({ user, params: { id }, body: { version, ...rest } }) =>
    commandAlert(ctx, user, { id, version }, { action: 'unsilence', ...rest }),
  )
  serve(router, api.resolveAlert, ({ user, params: { id }, body: { version, ...rest } }) =>
    commandAlert(ctx, user, { id, version }, { action: 'resolve', ...rest }),
  )
  serve(router, api.unacknowledgeAlert, ({ user, params: { id }, body: { version, ...rest } }) =>
    commandAlert(ctx, user, { id, version }, { action: 'unacknowledge', ...rest }),
  )
  serve(router, api.regradeAlert, ({ user, params: { id }, body: { version, ...rest } }) =>
    commandAlert(ctx, user, { id, version }, { action: 'regrade', ...rest }),
  )
  serve(router, api.mergeAlert, ({ user, params: { id }, body: { version, ...rest } }) =>
    commandAlert(ctx, user, { id, version }, { action: 'merge', ...rest }),
  )
  serve(router, api.splitAlert, ({ user, params: { id }, body: { version, ...rest } }) =>
    commandAlert(ctx, user, { id, version }, { action: 'split', ...rest }),
  )
  serve(router, api.commentAlert, ({ user, params, body }) => commentAlert(ctx, user, params.id, body))
  return router
}

function toResult(outcome: Outcome, acceptLanguage: string | undefined) {
  const { id } = outcome
  if ('alert' in outcome) return { id, ok: true, alert: outcome.alert }
  const { refusal } = outcome
  return { id, ok: false, code: refusal.code, message: sentenceFor(refusal, acceptLanguage) }
}

/** `me`, `none` or the id of a person. @throws Refusal invalid */
function parseAssignee(text: string | undefined, user: User): number | null | undefined {
  if (text === undefined) return undefined
  if (text === 'me') return user.id
  if (text === 'none') return null
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new Refusal('invalid', 'alerts.assigneeWho')
}
