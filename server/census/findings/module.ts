import { sql } from 'kysely'
import type { Module } from '../../base/module.ts'
import { seedFindings } from './demo.ts'
import { findingRoutes } from './routes.ts'

export const censusFindings: Module = {
  routes: findingRoutes,
  demoSeed: seedFindings,
  demoRows: [{ table: 'census_finding', where: sql`site_id in (select id from site where demo)` }],
}
