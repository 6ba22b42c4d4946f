import type { Module } from '../../base/module.ts'
import { auditRoutes } from './routes.ts'

export const audit: Module = {
  routes: auditRoutes,
}
