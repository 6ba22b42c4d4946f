import type { Module } from '../../base/module.ts'
import { seedNotes } from './demo.ts'
import { notebookRoutes } from './routes.ts'

export const notebook: Module = {
  routes: notebookRoutes,
  demoSeed: seedNotes,
}
