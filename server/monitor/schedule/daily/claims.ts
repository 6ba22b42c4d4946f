import { sql } from 'kysely'
import type { Db } from '../../../base/db/database.ts'
import { notPaused } from '../../../register/sites/paused.ts'
import { siteHost } from '../queries.ts'

/** A page of a site that is visited once a day. */
export interface DailyPage {
  readonly siteId: number
  readonly url: string
  readonly siteUrl: string
  readonly demo: boolean
  /** Of its site. */
  readonly host: string
}

/** Which pages are claimed. */
export interface DailyClaim {
  readonly now: Date
  readonly limit: number
  /** Pages of sites at these hosts stay due. */
  readonly fullHosts?: readonly string[]
}

/** A column whose own page is to be read. */
export interface DueColumn extends DailyPage {
  readonly id: number
}

/** A message column whose letters are to be read. */
export interface DueMessages extends DailyPage {
  readonly name: string
}

/** Claims columns whose own pages are to be read. */
export const claimDueColumn = (db: Db, claim: DailyClaim): Promise<DueColumn[]> =>
  claimDue(db, { table: 'site_column', key: 'id' }, claim)

/** Claims message columns whose letters are to be read. */
export const claimDueMessages = (db: Db, claim: DailyClaim): Promise<DueMessages[]> =>
  claimDue(db, { table: 'message_column', key: 'name' }, claim)

/** Where pages are kept, of each site one by each name, and what is told of one besides. */
interface Kept<K extends string> {
  readonly table: 'site_column' | 'message_column'
  readonly key: K
}

/**
 * Claims pages whose turn has come and sets their next turn a day later. Sites under filed downtime, that are
 * down, or whose page has gone from the home page, are let be.
 */
async function claimDue<K extends string, T extends DailyPage & Record<K, unknown>>(
  db: Db,
  { table, key }: Kept<K>,
  { now, limit, fullHosts = [] }: DailyClaim,
): Promise<T[]> {
  const { rows } = await sql<T>`
    with due as (
      select c.site_id, c.name from ${sql.table(table)} c
      join site on site.id = c.site_id join site_state state on state.site_id = c.site_id
      where c.next_visit_at <= ${now} and c.url is not null and c.seen_at > ${now}::timestamptz - interval '2 days'
        and state.availability = 'up' and ${notPaused(now)}
        and ${siteHost} <> all(${[...fullHosts]}::text[])
      order by c.next_visit_at
      limit ${limit}
      for update of c skip locked
    )
    update ${sql.table(table)} c
    set next_visit_at = c.next_visit_at + interval '1 day' * ceil(extract(epoch from ${now}::timestamptz - c.next_visit_at) / 86400 + 0.001)
    from due, site where c.site_id = due.site_id and c.name = due.name and site.id = c.site_id
    returning c.site_id as "siteId", c.url, site.url as "siteUrl", site.demo, ${siteHost} as host, ${sql.ref(`c.${key}`)}
  `.execute(db)
  return rows
}
