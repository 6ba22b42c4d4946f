import type { Module } from '../../base/module.ts'
import { escalationRoutes } from './routes.ts'

export const escalation: Module = {
  routes: escalationRoutes,
}
