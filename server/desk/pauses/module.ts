import type { Module } from '../../base/module.ts'
import { pauseRoutes } from './routes.ts'

export const pauses: Module = {
  routes: pauseRoutes,
}
