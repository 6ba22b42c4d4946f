import type { Module } from '../../base/module.ts'
import { setupRoutes } from './routes.ts'

export const setup: Module = {
  routes: setupRoutes,
}
