import { sql } from 'kysely'
import type { Module } from '../../base/module.ts'
import { seedConsolidation } from './demo.ts'
import { consolidationRoutes } from './routes.ts'

export const consolidation: Module = {
  routes: consolidationRoutes,
  demoSeed: seedConsolidation,
  demoRows: [
    { table: 'site_move', where: sql`site_id in (select id from site where demo)` },
    { table: 'consolidation_day', where: sql`demo` },
    {
      table: 'platform',
      where: sql`exists (select from site where site.platform = platform.name and site.demo)
        and not exists (select from site where site.platform = platform.name and not site.demo)`,
    },
  ],
}
