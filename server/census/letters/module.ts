import { sql } from 'kysely'
import type { Module } from '../../base/module.ts'
import { seedLetters } from './demo/demo.ts'
import { letterRoutes } from './routes.ts'
import { startSpellingLetters } from './search/spell.ts'

const ofDemo = sql`letter_id in (select id from letter where unit_id is null
  or unit_id in (select unit_id from site where demo))`

export const letters: Module = {
  routes: letterRoutes,
  work: (ctx, { jobs }) => startSpellingLetters(ctx, jobs),
  demoSeed: seedLetters,
  demoRows: [
    { table: 'letter_ranking', where: sql`true` },
    { table: 'letter_person', where: ofDemo },
    { table: 'letter_step', where: ofDemo },
    { table: 'letter_searched', where: ofDemo },
    { table: 'letter_unspelled', where: ofDemo },
    { table: 'letter', where: sql`unit_id is null or unit_id in (select unit_id from site where demo)` },
  ],
}
