import type { Module } from '../../base/module.ts'
import { settingsRoutes } from './routes.ts'

export const settings: Module = {
  routes: settingsRoutes,
}
