import type { Module } from '../../base/module.ts'
import { loadRoutes } from './routes.ts'

export const load: Module = {
  routes: loadRoutes,
}
