import type { Module } from '../../base/module.ts'
import { sheetRoutes } from './routes.ts'

export const sheets: Module = {
  routes: sheetRoutes,
}
