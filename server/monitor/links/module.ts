import type { Module } from '../../base/module.ts'
import { linkRoutes } from './routes.ts'
import { startLinkWorker } from './worker.ts'

export const links: Module = {
  routes: (ctx, { jobs }) => linkRoutes(ctx, jobs),
  work: (ctx, { jobs, proberFor }) => startLinkWorker(ctx, jobs, proberFor),
}
