import { sql } from 'kysely'
import type { Module } from '../../base/module.ts'
import { inspectionRoutes } from './routes.ts'

const OF_DEMO = sql`site_id in (select id from site where demo)`

export const inspections: Module = {
  routes: inspectionRoutes,
  demoRows: [
    { table: 'inspection_page', where: OF_DEMO },
    { table: 'inspection_problem', where: OF_DEMO },
    { table: 'inspection', where: OF_DEMO },
    { table: 'site_look', where: OF_DEMO },
    { table: 'site_memory', where: OF_DEMO },
  ],
}
