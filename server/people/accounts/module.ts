import type { Module } from '../../base/module.ts'
import { userRoutes } from './routes.ts'

export const accounts: Module = {
  routes: userRoutes,
}
