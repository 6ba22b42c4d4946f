import type { Module } from '../../base/module.ts'
import { createOutlet } from './channels/outlet.ts'
import { startNotificationWorker } from './delivery/worker.ts'
import { notificationRoutes } from './routes.ts'

export const notifications: Module = {
  routes: notificationRoutes,
  work: (ctx, { jobs }) => startNotificationWorker(ctx, jobs, createOutlet(ctx.config)),
}
