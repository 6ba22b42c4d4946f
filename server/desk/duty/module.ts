import type { Module } from '../../base/module.ts'
import { dutyRoutes } from './routes.ts'

export const duty: Module = {
  routes: dutyRoutes,
}
