import { sql } from 'kysely'
import type { Module } from '../../base/module.ts'
import type { BringBanners } from '../../people/banners/brought.ts'
import { seedAnnouncements } from './demo.ts'
import { standingAnnouncements } from './queries.ts'
import { announcementRoutes } from './routes.ts'

const bring: BringBanners = async ({ db }, { scope }, now) => {
  const standing = await standingAnnouncements(db, scope, now)
  return standing.map((one) => ({ page: 'announcements', ...one }))
}

export const announcements: Module = {
  routes: announcementRoutes,
  banners: bring,
  demoSeed: seedAnnouncements,
  demoRows: [{ table: 'announcement', where: sql`true` }],
}
