import type { Module } from '../../base/module.ts'
import { asideRoutes } from './routes.ts'

export const aside: Module = {
  routes: asideRoutes,
}
