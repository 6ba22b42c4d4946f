import type { Module } from '../../base/module.ts'
import { seedViews } from './demo.ts'
import { viewRoutes } from './routes.ts'

export const views: Module = {
  routes: viewRoutes,
  demoSeed: seedViews,
}
