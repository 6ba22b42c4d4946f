import { sql } from 'kysely'
import type { Module } from '../../base/module.ts'

const ofDemo = sql`site_id in (select id from site where demo)`

export const messages: Module = {
  demoRows: [
    { table: 'message_column', where: ofDemo },
    { table: 'site_messages', where: ofDemo },
  ],
}
