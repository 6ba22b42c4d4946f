import type { Module } from '../../base/module.ts'
import { alertRoutes } from './routes.ts'

export const alerts: Module = {
  routes: alertRoutes,
}
