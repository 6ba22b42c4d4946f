import { Router } from 'express'
import { api } from '../../../shared/api.ts'
import type { Context } from '../../base/context.ts'
import type { Jobs } from '../../base/jobs.ts'
import { serve } from '../../people/requests/route.ts'
import { linkReport, startScan, turnScan } from './service.ts'
import { sendSlice } from './worker.ts'

/** Deep scans: begin, stop, go on, and what was found. */
export function linkRoutes(ctx: Context, jobs: Jobs): Router {
  const router = Router()

  serve(router, api.links, ({ user, params }) => linkReport(ctx, user.scope, params.id))
  serve(router, api.startScan, async ({ user, params, body }) => {
    const scan = await startScan(ctx, user, params.id, body)
    await sendSlice(jobs, scan.id)
    return scan
  })
  serve(router, api.stopScan, ({ user, params, body }) =>
    turnScan(ctx, user, params.id, 'stopped', body.version),
  )
  serve(router, api.resumeScan, async ({ user, params, body }) => {
    const scan = await turnScan(ctx, user, params.id, 'running', body.version)
    await sendSlice(jobs, scan.id)
    return scan
  })
  return router
}
