import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import { MAX_REGISTER_BYTES } from '../../../shared/register/import/imports.ts'
import type { Context } from '../../base/context.ts'
import { readBody } from '../../base/http/body.ts'
import { serve } from '../../people/requests/route.ts'
import { answerImport, applyImport, checkRegister, findImport } from './service.ts'

/** Loading a register in the product. */
export function importRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.importRegister, async ({ user, query, req }) => {
    const bytes = await readBody(req, MAX_REGISTER_BYTES)
    const { name, area = null } = query
    const checked = await checkRegister(ctx, user, { name, bytes, area })
    if (query.dryRun === 'true') return checked
    return applyImport(ctx, user, checked.id, { answers: {}, skipBad: query.skipBad === 'true' })
  })
  serve(router, api.registerImport, ({ params }) => findImport(ctx.db, params.id))
  serve(router, api.answerImport, ({ params, body }) => answerImport(ctx, params.id, body.answers, body.area))
  serve(router, api.applyImport, ({ user, params, body }) => applyImport(ctx, user, params.id, body))
  return router
}
