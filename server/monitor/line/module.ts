import { sql } from 'kysely'
import type { Module } from '../../base/module.ts'
import { lineRoutes } from './routes.ts'
import { startLineWorker } from './worker.ts'

export const line: Module = {
  routes: lineRoutes,
  work: startLineWorker,
  demoRows: [{ table: 'site_line', where: sql`site_id in (select id from site where demo)` }],
}
