import type { Module } from '../../base/module.ts'
import { rectificationRoutes } from './routes.ts'

export const rectifications: Module = {
  routes: rectificationRoutes,
}
