import { sql } from 'kysely'
import type { Module } from '../../base/module.ts'
import { startSummaryWorker } from './ahead.ts'
import { summaryRoutes } from './routes.ts'

export const summary: Module = {
  routes: summaryRoutes,
  work: (ctx, { jobs }) => startSummaryWorker(ctx, jobs),
  demoRows: [{ table: 'sheet_sum', where: sql`true` }],
}
