import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import type { Context } from '../../base/context.ts'
import { serve } from '../../people/requests/route.ts'
import { writeNote } from './service.ts'

export function notebookRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.writeNote, async ({ user, body }) => ({ seq: await writeNote(ctx, user, body) }))
  return router
}
