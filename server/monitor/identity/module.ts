import type { Module } from '../../base/module.ts'
import { identityRoutes } from './routes.ts'

export const identity: Module = {
  routes: (ctx, { isDemo }) => identityRoutes(ctx, isDemo),
}
