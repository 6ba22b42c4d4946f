import { sql } from 'kysely'
import type { Module } from '../../base/module.ts'
import { seedFilings } from './demo.ts'
import { filingRoutes } from './routes.ts'

export const filings: Module = {
  routes: filingRoutes,
  demoSeed: seedFilings,
  demoRows: [
    {
      table: 'filing_file',
      where: sql`filing_id in (select f.id from filing f join site s on s.id = f.site_id where s.demo)`,
    },
    {
      table: 'filing_notice',
      where: sql`filing_id in (select f.id from filing f join site s on s.id = f.site_id where s.demo)`,
    },
    { table: 'filing', where: sql`site_id in (select id from site where demo)` },
  ],
}
