import type { Module } from '../../base/module.ts'
import { siteRoutes } from './routes.ts'

export const sites: Module = {
  routes: siteRoutes,
}
