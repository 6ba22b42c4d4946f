import type { Module } from '../../base/module.ts'
import { SPELLING } from '../../base/search/spell.ts'
import { importRoutes } from './routes.ts'

export const registerImport: Module = {
  routes: (ctx, { jobs }) => importRoutes(ctx, () => jobs.send(SPELLING, {})),
}
