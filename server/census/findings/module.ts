import { sql } from 'kysely'
import type { Module } from '../../base/module.ts'
import { seedFindings } from './demo.ts'
import { findingRoutes } from './routes.ts'

export const censusFindings: Module = {
  routes: findingRoutes,
  demoSeed: seedFindings,
  demoRows: [
    {
      table: 'census_picture',
      where: sql`finding_id in (select f.id from census_finding f join site on site.id = f.site_id where site.demo)`,
    },
    { table: 'census_finding', where: sql`site_id in (select id from site where demo)` },
  ],
}
