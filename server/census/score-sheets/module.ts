import { sql } from 'kysely'
import type { Module } from '../../base/module.ts'
import { startSheetWorker } from './keep.ts'
import { sheetRoutes } from './routes.ts'

export const sheets: Module = {
  routes: sheetRoutes,
  work: (ctx, { jobs }) => startSheetWorker(ctx, jobs),
  demoRows: [{ table: 'sheet', where: sql`site_id in (select id from site where demo)` }],
}
