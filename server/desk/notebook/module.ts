import { sql } from 'kysely'
import type { Module } from '../../base/module.ts'
import { seedNotes } from './demo.ts'
import { notebookRoutes } from './routes.ts'

export const notebook: Module = {
  routes: notebookRoutes,
  demoSeed: seedNotes,
  demoRows: [{ table: 'note_picture', where: sql`uploaded_by in (select id from user_account where demo)` }],
}
