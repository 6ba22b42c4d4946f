import { sql } from 'kysely'
import type { Module } from '../../base/module.ts'
import { startDeepWorker } from './deep/run.ts'
import { seedRounds } from './demo.ts'
import { startRoundWorker } from './due.ts'
import { startReminders } from './reminders/remind.ts'
import { roundRoutes } from './routes.ts'

export const rounds: Module = {
  routes: (ctx, { jobs }) => roundRoutes(ctx, jobs),
  work: async (ctx, { jobs }) => {
    await startRoundWorker(ctx, jobs)
    await startDeepWorker(ctx, jobs)
    await startReminders(ctx, jobs)
  },
  demoSeed: seedRounds,
  demoRows: [
    { table: 'census_reminder', where: sql`true` },
    { table: 'visit_tightening', where: sql`true` },
    { table: 'census_zero_report', where: sql`true` },
    { table: 'census_guard', where: sql`true` },
    { table: 'census_submission', where: sql`true` },
    { table: 'census_review', where: sql`true` },
    { table: 'census_round_site', where: sql`true` },
    { table: 'census_round', where: sql`true` },
  ],
}
