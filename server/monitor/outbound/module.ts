import { sql } from 'kysely'
import type { Module } from '../../base/module.ts'
import { seedOutbound } from './demo.ts'
import { startOutboundWorker } from './looks/worker.ts'
import { outboundRoutes } from './routes.ts'

export const outbound: Module = {
  routes: outboundRoutes,
  work: (ctx, { jobs, proberFor }) => startOutboundWorker(ctx, jobs, proberFor),
  demoSeed: seedOutbound,
  demoRows: [
    { table: 'outbound_use', where: sql`site_id in (select id from site where demo)` },
    { table: 'outbound_look', where: sql`host_id in (select id from outbound_host where demo)` },
    { table: 'outbound_host', where: sql`demo` },
  ],
}
