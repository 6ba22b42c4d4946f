import type { Module } from '../../base/module.ts'
import { findingRoutes } from './routes.ts'

export const findings: Module = {
  routes: findingRoutes,
}
