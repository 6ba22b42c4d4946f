import type { Module } from '../../base/module.ts'
import { viewRoutes } from './routes.ts'

export const views: Module = {
  routes: viewRoutes,
}
