import { sql } from 'kysely'
import { DAY } from '../../../shared/base/time.ts'
import {
  type LoadTimes,
  openedMs,
  type PageCheck,
  TEMPLATES,
  type Template,
} from '../../../shared/monitor/page-checks/page-checks-rules.ts'
import { RENDERING } from '../../../shared/monitor/rendering/rendering-rules.ts'
import type { Db } from '../../base/db/database.ts'
import type { NoCheckFor } from './tables.ts'

/** What was found longer ago says nothing of today: two turns may fail. */
const FRESH_DAYS = 3 * RENDERING.checkEveryDays

/** Keeps what was found of a page. */
export async function keepCheck(
  db: Db,
  { siteId, template }: { readonly siteId: number; readonly template: Template },
  { url, at, found }: { readonly url: string; readonly at: Date; readonly found: PageCheck },
): Promise<void> {
  await db
    .updateTable('page_check')
    .set({ url, at, found: JSON.stringify(found), failed_at: null, reason: null })
    .where('site_id', '=', siteId)
    .where('template', '=', template)
    .execute()
}

/** Keeps why a page was not checked; what was found before stands. */
export async function keepNoCheck(
  db: Db,
  { siteId, template }: { readonly siteId: number; readonly template: Template },
  reason: NoCheckFor,
  at: Date,
): Promise<void> {
  await db
    .updateTable('page_check')
    .set({ failed_at: at, reason })
    .where('site_id', '=', siteId)
    .where('template', '=', template)
    .execute()
}

/** A page of a site with what was found of it, as far as that still says something. */
export interface CheckedPage {
  readonly template: Template
  readonly url: string
  readonly at: Date | null
  readonly found: PageCheck | null
  /** What was found is of too long ago. */
  readonly isOld: boolean
  readonly reason: NoCheckFor | null
}

/** The pages of a site that are checked, the home page first. @param now epoch ms. */
export async function checkedPages(db: Db, siteId: number, now: number): Promise<CheckedPage[]> {
  const rows = await db
    .selectFrom('page_check')
    .select(['template', 'url', 'at', 'found', 'reason'])
    .where('site_id', '=', siteId)
    .execute()
  return rows
    .map(({ url, ...row }) => {
      const isOld = row.at !== null && now - row.at.getTime() > FRESH_DAYS * DAY
      return { ...row, url: url ?? '', isOld, found: isOld ? null : row.found }
    })
    .sort((a, b) => TEMPLATES.indexOf(a.template) - TEMPLATES.indexOf(b.template))
}

/** How long the home page of a site took to open in a browser. */
export interface DrawnLoad {
  readonly ms: number
  readonly at: Date
}

/** Null: no browser has opened it lately. @param now epoch ms. */
export async function drawnLoad(db: Db, siteId: number, now: number): Promise<DrawnLoad | null> {
  const since = new Date(now - FRESH_DAYS * DAY)
  const { rows } = await sql<{ at: Date; load: LoadTimes | null }>`
    select at, found->'load' as load from page_check
    where site_id = ${siteId} and template = 'home' and at > ${since}
  `.execute(db)
  const [row] = rows
  const ms = row?.load ? openedMs(row.load) : null
  return row && ms !== null ? { ms, at: row.at } : null
}
