import type { Module } from '../../base/module.ts'
import { attachmentRoutes } from './routes.ts'

export const attachments: Module = {
  routes: attachmentRoutes,
}
