import type { Module } from '../../base/module.ts'
import { columnRoutes } from './routes.ts'

export const columns: Module = {
  routes: columnRoutes,
}
