import { sql } from 'kysely'
import type { Module } from '../../base/module.ts'
import { seedOwnFields } from './demo.ts'
import { ownFieldRoutes } from './routes.ts'

export const ownFields: Module = {
  routes: ownFieldRoutes,
  demoSeed: seedOwnFields,
  demoRows: [{ table: 'own_field', where: sql`demo` }],
}
