import type { Module } from '../../base/module.ts'
import { editionRoutes } from './routes.ts'

export const editions: Module = {
  routes: editionRoutes,
}
