import { sql } from 'kysely'
import type { Module } from '../../base/module.ts'
import { seedLedger } from './demo.ts'
import { ledgerRoutes } from './routes.ts'

export const ledger: Module = {
  routes: ledgerRoutes,
  demoSeed: seedLedger,
  demoRows: [{ table: 'site_change', where: sql`site_id in (select id from site where demo)` }],
}
