import { sql } from 'kysely'
import type { Module } from '../../base/module.ts'
import { pictureRoutes } from './routes.ts'

export const pictures: Module = {
  routes: pictureRoutes,
  demoRows: [
    { table: 'picture_missing', where: sql`site_id in (select id from site where demo)` },
    { table: 'picture', where: sql`site_id in (select id from site where demo)` },
    {
      table: 'picture_copy',
      where: sql`not exists (select from picture p where p.hash = picture_copy.hash)`,
    },
  ],
}
