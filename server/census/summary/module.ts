import type { Module } from '../../base/module.ts'
import { summaryRoutes } from './routes.ts'

export const summary: Module = { routes: summaryRoutes }
