import type { Module } from '../../base/module.ts'
import { searchRoutes } from './routes.ts'

export const search: Module = {
  routes: searchRoutes,
}
