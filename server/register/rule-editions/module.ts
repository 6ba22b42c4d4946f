import { sql } from 'kysely'
import type { Module } from '../../base/module.ts'
import { seedEditions } from './demo.ts'
import { editionRoutes } from './routes.ts'

export const editions: Module = {
  routes: editionRoutes,
  demoSeed: seedEditions,
  demoRows: [{ table: 'edition', where: sql`made_by in (select id from user_account where demo)` }],
}
