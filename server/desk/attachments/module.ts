import type { Module } from '../../base/module.ts'
import { startAttachmentWorker } from './keep.ts'
import { attachmentRoutes } from './routes.ts'

export const attachments: Module = {
  routes: attachmentRoutes,
  work: (ctx, { jobs }) => startAttachmentWorker(ctx, jobs),
}
