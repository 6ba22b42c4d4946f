import { sql } from 'kysely'
import type { Module } from '../../base/module.ts'
import { seedMerges } from './demo.ts'
import { mergeRoutes } from './routes.ts'

const ofDemo = sql`site_id in (select id from site where demo)`

export const merges: Module = {
  routes: mergeRoutes,
  demoSeed: seedMerges,
  demoRows: [
    { table: 'site_merge', where: ofDemo },
    { table: 'site_split', where: ofDemo },
  ],
}
