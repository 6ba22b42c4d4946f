import { sql } from 'kysely'
import type { Module } from '../../../base/module.ts'
import { seedUnitMerges } from './demo.ts'
import { unitMergeRoutes } from './routes.ts'
import './after.ts'

export const unitMerges: Module = {
  routes: unitMergeRoutes,
  demoSeed: seedUnitMerges,
  demoRows: [{ table: 'unit_merge', where: sql`actor_id in (select id from user_account where demo)` }],
}
