import type { Module } from '../../base/module.ts'
import { importRoutes } from './routes.ts'

export const registerImport: Module = {
  routes: importRoutes,
}
