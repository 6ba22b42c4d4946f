import type { Module } from '../../base/module.ts'
import { unitRoutes } from './routes.ts'

export const units: Module = {
  routes: unitRoutes,
}
