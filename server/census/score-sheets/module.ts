import { sql } from 'kysely'
import type { Module } from '../../base/module.ts'
import { startEffectWorker } from './effect.ts'
import { startSheetWorker } from './keep.ts'
import { sheetRoutes } from './routes.ts'

export const sheets: Module = {
  routes: (ctx, { jobs }) => sheetRoutes(ctx, jobs),
  work: async (ctx, { jobs }) => {
    await startSheetWorker(ctx, jobs)
    await startEffectWorker(ctx, jobs)
  },
  demoRows: [{ table: 'sheet', where: sql`site_id in (select id from site where demo)` }],
}
