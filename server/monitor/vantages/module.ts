import { sql } from 'kysely'
import type { Module } from '../../base/module.ts'
import { seedVantages, startDemoVantages } from './demo.ts'
import { vantageRoutes } from './routes.ts'

export const vantages: Module = {
  routes: vantageRoutes,
  work: startDemoVantages,
  demoSeed: seedVantages,
  demoRows: [
    { table: 'vantage_look', where: sql`site_id in (select id from site where demo)` },
    { table: 'vantage', where: sql`demo` },
  ],
}
