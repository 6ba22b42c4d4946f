import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import { SECOND } from '../../../shared/base/time.ts'
import type { Context } from '../../base/context.ts'
import { sentenceFor } from '../../base/http/language.ts'
import { nextCursor, parseCursor } from '../../base/http/paging.ts'
import { sharedAnswers } from '../../base/http/shared-answers.ts'
import { Refusal } from '../../base/refusal.ts'
import { serve } from '../../people/requests/route.ts'
import { peopleWhoSee } from '../alerts/mentions.ts'
import { type RectificationOutcome, takeSteps } from './bulk.ts'
import { findRectification, listRectifications } from './queries.ts'
import { raiseRectification } from './raise/raise.ts'
import { raiseMany } from './raise/raise-many.ts'
import { listOffenders } from './reports/offenders.ts'
import { type BurnDownPoint, burnDown, progressOf } from './reports/progress.ts'
import { commentRectification, takeStep } from './service.ts'
import { dueDay, reckoningIn } from './terms/due.ts'

/** A thousand walls ask at the same moment. */
const FRESH_MS = 15 * SECOND

/** Rectifications: lists and progress, raising one, and its steps; deadlines in working days. */
export function rectificationRoutes(ctx: Context): Router {
  const router = Router()
  reading(router, ctx)
  serve(router, api.deadlines, async ({ query }) =>
    dueDay(await reckoningIn(ctx.db, ctx.clock.now()), query.from, query.workdays),
  )
  serve(router, api.raiseRectification, ({ user, body }) => raiseRectification(ctx, user, body))
  serve(router, api.raiseRectifications, async ({ user, body, req }) => {
    const { refused, ...result } = await raiseMany(ctx, user, body)
    const language = req.get('accept-language')
    return {
      ...result,
      refused: refused.map(({ said, ...site }) => ({ ...site, message: sentenceFor(said, language) })),
    }
  })
  serve(router, api.bulkRectifications, async ({ user, body: { items, ...command }, req }) => {
    const outcomes = await takeSteps(ctx, user, items, command)
    return { results: outcomes.map((outcome) => toResult(outcome, req.get('accept-language'))) }
  })

  serve(router, api.assignRectification, ({ user, params: { id }, body: { version, ...rest } }) =>
    takeStep(ctx, user, { id, version }, { step: 'assign', ...rest }),
  )
  serve(router, api.acceptRectification, ({ user, params: { id }, body: { version } }) =>
    takeStep(ctx, user, { id, version }, { step: 'accept' }),
  )
  serve(router, api.submitRectification, ({ user, params: { id }, body: { version, ...rest } }) =>
    takeStep(ctx, user, { id, version }, { step: 'submit', ...rest }),
  )
  serve(router, api.confirmRectification, ({ user, params: { id }, body: { version, ...rest } }) =>
    takeStep(ctx, user, { id, version }, { step: 'confirm', ...rest }),
  )
  serve(router, api.pauseRectification, ({ user, params: { id }, body: { version, ...rest } }) =>
    takeStep(ctx, user, { id, version }, { step: 'pause', ...rest }),
  )
  serve(router, api.resumeRectification, ({ user, params: { id }, body: { version } }) =>
    takeStep(ctx, user, { id, version }, { step: 'resume' }),
  )
  serve(router, api.returnRectification, ({ user, params: { id }, body: { version, ...rest } }) =>
    takeStep(ctx, user, { id, version }, { step: 'return', ...rest }),
  )
  serve(router, api.extendRectification, ({ user, params: { id }, body: { version, ...rest } }) =>
    takeStep(ctx, user, { id, version }, { step: 'extend', ...rest }),
  )
  serve(router, api.askRectification, ({ user, params: { id }, body: { version, ...rest } }) =>
    takeStep(ctx, user, { id, version }, { step: 'ask', ...rest }),
  )
  serve(router, api.withdrawRectification, ({ user, params: { id }, body: { version } }) =>
    takeStep(ctx, user, { id, version }, { step: 'withdraw' }),
  )
  serve(router, api.answerRectification, ({ user, params: { id }, body: { version, ...rest } }) =>
    takeStep(ctx, user, { id, version }, { step: 'answer', ...rest }),
  )
  serve(router, api.commentRectification, ({ user, params: { id }, body }) =>
    commentRectification(ctx, user, id, body),
  )
  serve(router, api.rectificationPeople, async ({ user, params: { id } }) => {
    const rectification = await findRectification(ctx.db, user.scope, id)
    if (!rectification) throw new Refusal('not_found', 'common.noSuchRectification')
    return peopleWhoSee(ctx.db, rectification)
  })
  serve(router, api.overrideRectification, ({ user, params: { id }, body: { version, ...rest } }) =>
    takeStep(ctx, user, { id, version }, { step: 'override', ...rest }),
  )
  return router
}

function reading(router: Router, ctx: Context): void {
  serve(router, api.rectifications, async ({ user, query }) => {
    const { cursor, limit, unit, batch, relapsed, asked, ...rest } = query
    const before = parseCursor(cursor)
    const filter = {
      ...rest,
      unitId: unit,
      batchId: batch,
      relapsed: relapsed && relapsed === 'true',
      asked: asked && asked === 'true',
      now: ctx.clock.now(),
    }
    const page = await listRectifications(ctx.db, user.scope, filter, { limit, before })
    return { ...page, nextCursor: nextCursor(page.items, limit) }
  })
  // Before the one with an id in its place.
  serve(router, api.progress, ({ user, query }) =>
    progressOf(ctx.db, user.scope, query.days, ctx.clock.now()),
  )
  serve(router, api.offenders, ({ user, query }) => listOffenders(ctx.db, user.scope, query, ctx.clock.now()))
  const burnDowns = sharedAnswers<{ points: BurnDownPoint[] }>(ctx.clock, FRESH_MS)
  serve(router, api.burnDown, ({ user: { scope, access }, query }) => {
    const ask = async () => ({ points: await burnDown(ctx.db, scope, query, ctx.clock.now()) })
    // Whoever takes steps wants to see what came of them.
    return access === 'wallLink' ? burnDowns(JSON.stringify([scope, query]), ask) : ask()
  })
  serve(router, api.rectification, async ({ user, params }) => {
    const rectification = await findRectification(ctx.db, user.scope, params.id)
    if (!rectification) throw new Refusal('not_found', 'common.noSuchRectification')
    return rectification
  })
}

function toResult(outcome: RectificationOutcome, acceptLanguage: string | undefined) {
  const { id } = outcome
  if ('rectification' in outcome) return { id, ok: true, rectification: outcome.rectification }
  const { refusal } = outcome
  return { id, ok: false, code: refusal.code, message: sentenceFor(refusal, acceptLanguage) }
}
