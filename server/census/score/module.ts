import type { Module } from '../../base/module.ts'
import { scoreRoutes } from './routes.ts'

export const score: Module = {
  routes: scoreRoutes,
}
