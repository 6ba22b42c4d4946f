import { sql } from 'kysely'
import type { Module } from '../../base/module.ts'

export const messages: Module = {
  demoRows: [{ table: 'site_messages', where: sql`site_id in (select id from site where demo)` }],
}
