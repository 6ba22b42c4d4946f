import type { Module } from '../../base/module.ts'
import { evidenceRoutes } from './routes.ts'

export const evidence: Module = {
  routes: evidenceRoutes,
}
