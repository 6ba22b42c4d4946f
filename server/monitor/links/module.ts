import type { Module } from '../../base/module.ts'
import { inspectorOf } from '../inspections/crawl/pool.ts'
import { linkRoutes } from './routes.ts'
import { startLinkWorker } from './worker.ts'

export const links: Module = {
  routes: (ctx, { jobs }) => linkRoutes(ctx, jobs),
  work: (ctx, { jobs, proberFor }) => startLinkWorker(ctx, jobs, proberFor, inspectorOf(ctx.config, ctx.log)),
}
