import { sql } from 'kysely'
import type { Module } from '../../base/module.ts'
import type { BringBanners } from '../../people/banners/brought.ts'
import { seedAnnouncements } from './demo.ts'
import { listAnnouncements } from './queries.ts'
import { announcementRoutes } from './routes.ts'

/** So many across a screen at once; the page has them all. */
const MOST = 3

/** Who sees the whole city is not shown what each of its districts says to itself. */
const bring: BringBanners = async ({ db }, { scope }, now) => {
  const filter = { state: 'current', cityOnly: scope.kind === 'city' } as const
  const who = { role: 'viewer', scope } as const
  const { items } = await listAnnouncements(db, who, filter, { limit: MOST }, now)
  return items.map(({ id, text, urgent, postedBy, until }) => ({
    page: 'announcements',
    id,
    text,
    urgent,
    by: postedBy.name,
    until,
  }))
}

export const announcements: Module = {
  routes: announcementRoutes,
  banners: bring,
  demoSeed: seedAnnouncements,
  demoRows: [{ table: 'announcement', where: sql`true` }],
}
