import { sql } from 'kysely'
import type { Module } from '../../base/module.ts'
import { imprintRoutes } from './routes.ts'

export const imprints: Module = {
  routes: imprintRoutes,
  demoRows: [{ table: 'site_imprint', where: sql`site_id in (select id from site where demo)` }],
}
