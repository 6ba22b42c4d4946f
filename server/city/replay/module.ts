import type { Module } from '../../base/module.ts'
import { replayRoutes } from './routes.ts'
import { startCheckpoints } from './worker.ts'

export const replay: Module = {
  routes: (ctx, { isDemo }) => replayRoutes(ctx, isDemo),
  work: (ctx, { jobs }) => startCheckpoints(ctx, jobs),
}
