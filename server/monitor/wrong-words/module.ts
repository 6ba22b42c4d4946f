import { sql } from 'kysely'
import type { Module } from '../../base/module.ts'
import { seedWrongWords } from './demo.ts'
import { wrongWordRoutes } from './routes.ts'

export const wrongWords: Module = {
  routes: wrongWordRoutes,
  demoSeed: seedWrongWords,
  demoRows: [{ table: 'wrong_word', where: sql`demo` }],
}
