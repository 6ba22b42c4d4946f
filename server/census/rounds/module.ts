import { sql } from 'kysely'
import type { Module } from '../../base/module.ts'
import { seedRounds } from './demo.ts'
import { roundRoutes } from './routes.ts'

export const rounds: Module = {
  routes: roundRoutes,
  demoSeed: seedRounds,
  demoRows: [
    { table: 'census_review', where: sql`true` },
    { table: 'census_round_site', where: sql`true` },
    { table: 'census_round', where: sql`true` },
  ],
}
