import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import { MOST_LETTERS_BYTES } from '../../../shared/census/letters/letters-rules.ts'
import type { Context } from '../../base/context.ts'
import { readBody } from '../../base/http/body.ts'
import { sentenceFor } from '../../base/http/language.ts'
import { parseCursor } from '../../base/http/paging.ts'
import type { ReasonWithValues } from '../../base/words/refusals.ts'
import { serve } from '../../people/requests/route.ts'
import { importLetters } from './import/import.ts'
import { hotlineRoutes } from './public/routes.ts'
import { listLetters, MOST_LETTER_CURSOR } from './queries.ts'
import { publishRanking, rankingFor } from './ranking/service.ts'
import { letterOf, recordLetter } from './service.ts'
import { takeLetterStep } from './steps.ts'
import { reckoningIn } from './terms.ts'
import { siteUnanswered } from './unanswered.ts'

/** Letters of citizens. */
export function letterRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.letters, async ({ user, query: { limit, cursor, ...filter } }) => {
    const page = { limit, after: parseCursor(cursor, MOST_LETTER_CURSOR) }
    return listLetters(ctx.db, user, filter, page, await reckoningIn(ctx.db, ctx.clock.now()))
  })
  serve(router, api.siteUnanswered, ({ user, params }) => siteUnanswered(ctx, user, params.id))
  serve(router, api.recordLetter, ({ user, body }) => recordLetter(ctx, user, body))
  serve(router, api.importLetters, async ({ user, query, req }) => {
    const done = await importLetters(
      ctx,
      user,
      await readBody(req, MOST_LETTERS_BYTES),
      query.dryRun === 'true',
    )
    const say = (said: ReasonWithValues) => sentenceFor(said, req.get('accept-language'))
    const rows = done.rows.map(({ errors, ...row }) => ({
      ...row,
      errors: errors.map(({ column, ...said }) => ({ column, message: say(said) })),
    }))
    return { ...done, rows, ignored: [...done.ignored] }
  })
  // Before letters by their number.
  serve(router, api.letterRanking, ({ user, query }) => rankingFor(ctx, user, query.month))
  serve(router, api.publishRanking, ({ user, body }) => publishRanking(ctx, user, body.month))
  serve(router, api.letter, ({ user, params }) => letterOf(ctx, user, params.id))
  stepRoutes(ctx, router)
  router.use(hotlineRoutes(ctx))
  return router
}

function stepRoutes(ctx: Context, router: Router): void {
  serve(router, api.assignLetter, ({ user, params, body }) =>
    takeLetterStep(ctx, user, params.id, 'assign', body),
  )
  serve(router, api.transferLetter, ({ user, params, body }) =>
    takeLetterStep(ctx, user, params.id, 'transfer', body),
  )
  serve(router, api.returnLetter, ({ user, params, body }) =>
    takeLetterStep(ctx, user, params.id, 'return', body),
  )
  serve(router, api.joinLetter, ({ user, params, body }) =>
    takeLetterStep(ctx, user, params.id, 'join', body),
  )
  serve(router, api.contributeLetter, ({ user, params, body }) =>
    takeLetterStep(ctx, user, params.id, 'contribute', body),
  )
  serve(router, api.askLetter, ({ user, params, body }) => takeLetterStep(ctx, user, params.id, 'ask', body))
  serve(router, api.extendLetter, ({ user, params, body }) =>
    takeLetterStep(ctx, user, params.id, 'extend', body),
  )
  serve(router, api.declineLetter, ({ user, params, body }) =>
    takeLetterStep(ctx, user, params.id, 'decline', body),
  )
  serve(router, api.replyLetter, ({ user, params, body }) =>
    takeLetterStep(ctx, user, params.id, 'reply', body),
  )
  serve(router, api.reviseLetter, ({ user, params, body }) =>
    takeLetterStep(ctx, user, params.id, 'revise', body),
  )
  serve(router, api.approveLetter, ({ user, params, body }) =>
    takeLetterStep(ctx, user, params.id, 'approve', body),
  )
  serve(router, api.publishLetter, ({ user, params, body }) =>
    takeLetterStep(ctx, user, params.id, 'publish', body),
  )
  serve(router, api.unpublishLetter, ({ user, params, body }) =>
    takeLetterStep(ctx, user, params.id, 'unpublish', body),
  )
  serve(router, api.rateLetter, ({ user, params, body }) =>
    takeLetterStep(ctx, user, params.id, 'rate', body),
  )
  serve(router, api.closeLetter, ({ user, params, body }) =>
    takeLetterStep(ctx, user, params.id, 'close', body),
  )
  serve(router, api.reopenLetter, ({ user, params, body }) =>
    takeLetterStep(ctx, user, params.id, 'reopen', body),
  )
  serve(router, api.linkLetter, async ({ user, params, body }) => {
    const linked = await takeLetterStep(ctx, user, params.id, 'link', body)
    ctx.wake()
    return linked
  })
  serve(router, api.mergeLetter, ({ user, params, body }) =>
    takeLetterStep(ctx, user, params.id, 'merge', body),
  )
  serve(router, api.forgetLetter, ({ user, params, body }) =>
    takeLetterStep(ctx, user, params.id, 'forget', body),
  )
}
