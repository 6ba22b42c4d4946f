import { sql } from 'kysely'
import type { Module } from '../../base/module.ts'
import { renderingRoutes } from './routes.ts'

const ofDemo = sql`site_id in (select id from site where demo)`

export const rendering: Module = {
  routes: renderingRoutes,
  demoRows: [
    { table: 'render_order', where: ofDemo },
    { table: 'site_rendering', where: ofDemo },
  ],
}
