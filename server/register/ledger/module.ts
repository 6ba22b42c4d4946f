import { sql } from 'kysely'
import type { Module } from '../../base/module.ts'
import { seedProgress } from './answers/demo.ts'
import { seedLedger } from './demo.ts'
import { ledgerRoutes } from './routes.ts'

export const ledger: Module = {
  routes: ledgerRoutes,
  async demoSeed(ctx) {
    await seedLedger(ctx)
    await seedProgress(ctx)
  },
  demoRows: [
    { table: 'site_change', where: sql`site_id in (select id from site where demo)` },
    { table: 'answers_day', where: sql`demo` },
  ],
}
