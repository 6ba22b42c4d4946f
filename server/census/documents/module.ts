import { sql } from 'kysely'
import type { Module } from '../../base/module.ts'
import { seedDocuments } from './demo.ts'
import { startMakeWorker } from './making.ts'
import { documentRoutes } from './routes.ts'

export const documents: Module = {
  routes: documentRoutes,
  work: (ctx, { jobs }) => startMakeWorker(ctx, jobs),
  demoSeed: seedDocuments,
  demoRows: [
    { table: 'document_template', where: sql`true` },
    { table: 'document_rectification', where: sql`true` },
    { table: 'document_receipt', where: sql`true` },
    { table: 'document_part', where: sql`true` },
    { table: 'document', where: sql`true` },
    { table: 'document_counter', where: sql`true` },
  ],
}
