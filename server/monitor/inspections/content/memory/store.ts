import type { Db } from '../../../../base/db/database.ts'
import type { HomePrint } from '../home/print.ts'
import type { SiteMemoryTable } from './tables.ts'

/** What is remembered of a site's home page. */
export interface SiteMemory {
  /** When it was looked at first and last, and on how many days. */
  readonly firstDay: string
  readonly lastDay: string
  readonly days: number
  /** When search robots were last shown nothing else than people. */
  readonly robotsDay: string | null
  /** Hosts that it led to, seen or not, with the day; `!` in front: hidden, and a stranger when it came. */
  readonly hosts: Readonly<Record<string, string>>
  /** How it was: the newest first. */
  readonly homes: readonly HomePrint[]
}

/** Hosts and homes that are kept of a site. */
export const MOST_HOSTS = 3_000
export const MOST_HOMES = 6

/** Null: the site has not been looked at. */
export async function memoryOf(db: Db, siteId: number): Promise<SiteMemory | null> {
  const row = await db.selectFrom('site_memory').selectAll().where('site_id', '=', siteId).executeTakeFirst()
  if (!row) return null
  const { first_day, last_day, days, robots_day, hosts, homes } = row
  return { firstDay: first_day, lastDay: last_day, days, robotsDay: robots_day, hosts, homes }
}

/** Keeps what was seen of a site on a day; rules keep their own part. */
export async function remember(
  db: Db,
  siteId: number,
  today: string,
  before: SiteMemory | null,
  seen: Partial<Pick<SiteMemory, 'hosts' | 'homes' | 'robotsDay'>>,
): Promise<void> {
  const said = {
    ...(seen.robotsDay && { robots_day: seen.robotsDay }),
    ...(seen.hosts && { hosts: JSON.stringify(seen.hosts) }),
    ...(seen.homes && { homes: JSON.stringify(seen.homes.slice(0, MOST_HOMES)) }),
  }
  const days = (before?.days ?? 0) + (before?.lastDay === today ? 0 : 1)
  const values = { site_id: siteId, first_day: before?.firstDay ?? today, last_day: today, days }
  await db
    .insertInto('site_memory')
    .values({ ...values, hosts: '{}', homes: '[]', robots_day: null, ...said })
    .onConflict((on) => on.column('site_id').doUpdateSet({ last_day: today, days, ...said }))
    .execute()
}

export type { SiteMemoryTable }
