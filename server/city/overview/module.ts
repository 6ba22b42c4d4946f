import type { Module } from '../../base/module.ts'
import { cityRoutes } from './routes.ts'

export const overview: Module = {
  routes: cityRoutes,
}
