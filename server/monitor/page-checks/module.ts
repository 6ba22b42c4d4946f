import { sql } from 'kysely'
import type { Module } from '../../base/module.ts'

export const pageChecks: Module = {
  demoRows: [{ table: 'page_check', where: sql`site_id in (select id from site where demo)` }],
}
