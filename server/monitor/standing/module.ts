import type { Module } from '../../base/module.ts'
import { standingRoutes } from './routes.ts'

export const standing: Module = {
  routes: standingRoutes,
}
