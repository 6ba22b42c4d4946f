import type { Module } from '../../base/module.ts'
import { workdayRoutes } from './routes.ts'

export const workdays: Module = {
  routes: workdayRoutes,
}
