import type { Module } from '../../base/module.ts'
import { divisionRoutes } from './routes.ts'

export const divisions: Module = {
  routes: divisionRoutes,
}
