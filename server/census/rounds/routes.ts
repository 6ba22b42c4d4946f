import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import { csvOf } from '../../../shared/base/csv.ts'
import { takesSubmissions } from '../../../shared/census/rounds/rounds-rules.ts'
import type { Context } from '../../base/context.ts'
import { nextCursor, parseCursor } from '../../base/http/paging.ts'
import type { Jobs } from '../../base/jobs.ts'
import { serve } from '../../people/requests/route.ts'
import { completenessRoutes } from './completeness/routes.ts'
import { pauseRound, resumeRound } from './deep/pause.ts'
import { hurryDeep } from './deep/run.ts'
import { guardRoutes } from './guards/routes.ts'
import { drawRound, openRound } from './open.ts'
import { listRounds } from './queries.ts'
import { agreementOf } from './reviews/queries.ts'
import { reviewRoutes } from './reviews/routes.ts'
import { closeRound, planRound, requireRound, voidRound } from './service.ts'
import { drawnSites, listRoundSites, listStrata, sumOf, tallySites } from './sites.ts'
import { tallySubmissions } from './submissions/queries.ts'
import { submissionRoutes } from './submissions/routes.ts'
import { todayOf } from './today.ts'

/** Rounds of checks. */
export function roundRoutes(ctx: Context, jobs: Pick<Jobs, 'send'>): Router {
  const router = Router()
  serve(router, api.rounds, async ({ user, query: { limit, cursor, ...filter } }) => {
    const page = { limit, before: parseCursor(cursor) }
    const found = await listRounds(ctx.db, user, filter, page, await todayOf(ctx, ctx.db))
    return { ...found, nextCursor: nextCursor(found.items, limit) }
  })
  serve(router, api.planRound, ({ user, body }) => planRound(ctx, user, body))
  serve(router, api.round, ({ user, params }) => requireRound(ctx, ctx.db, user, params.id))
  serve(router, api.openRound, async ({ user, params, body }) => {
    const round = await openRound(ctx, user, params.id, body)
    if (round.kind === 'deep') await hurryDeep(jobs)
    return round
  })
  serve(router, api.drawRound, ({ user, params, body }) => drawRound(ctx, user, params.id, body))
  serve(router, api.pauseRound, ({ user, params, body }) => pauseRound(ctx, user, params.id, body))
  serve(router, api.resumeRound, async ({ user, params, body }) => {
    const round = await resumeRound(ctx, user, params.id, body)
    await hurryDeep(jobs)
    return round
  })
  serve(router, api.closeRound, ({ user, params, body }) => closeRound(ctx, user, params.id, body))
  serve(router, api.voidRound, ({ user, params, body }) => voidRound(ctx, user, params.id, body))
  serve(router, api.roundSites, async ({ user, params: { id }, query: { cursor, ...rest } }) => {
    await requireRound(ctx, ctx.db, user, id)
    return listRoundSites(ctx.db, user.scope, id, { ...rest, after: parseCursor(cursor) })
  })
  serve(router, api.roundProgress, async ({ user, params: { id } }) => {
    const { kind } = await requireRound(ctx, ctx.db, user, id)
    const { today } = await todayOf(ctx, ctx.db)
    const tally = takesSubmissions(kind) ? tallySubmissions : tallySites
    const districts = await tally(ctx.db, user.scope, id, today)
    const strata = await listStrata(ctx.db, id)
    const agreement = await agreementOf(ctx.db, id)
    return { all: sumOf(districts), districts, strata, agreement }
  })
  serve(router, api.roundDraw, async ({ user, params: { id }, res }) => {
    const { number } = await requireRound(ctx, ctx.db, user, id)
    res.attachment(`${number}.csv`)
    const rows = await drawnSites(ctx.db, id)
    const lines = rows.map((row) => [row.code, row.stratum, row.rank, row.draw, row.second ? 1 : 0])
    return csvOf([['code', 'stratum', 'rank', 'draw', 'second'], ...lines])
  })
  router.use(reviewRoutes(ctx))
  router.use(submissionRoutes(ctx))
  router.use(guardRoutes(ctx))
  router.use(completenessRoutes(ctx))
  return router
}
