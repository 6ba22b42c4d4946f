import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import type { Context } from '../../base/context.ts'
import { serve } from '../../people/requests/route.ts'
import { searchOver } from './service.ts'

/** One field for everything. */
export function searchRoutes(ctx: Context): Router {
  const router = Router()
  serve(router, api.search, ({ user, query, res }) => {
    const left = new AbortController()
    res.once('close', () => left.abort())
    return searchOver(ctx, user, query, left.signal)
  })
  return router
}
