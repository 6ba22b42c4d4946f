import type { Module } from '../../base/module.ts'
import { factRoutes } from './routes.ts'

export const facts: Module = {
  routes: factRoutes,
}
