import { sql } from 'kysely'
import type { LineMeasured, NoLineFor } from '../../../shared/monitor/line/line-rules.ts'
import type { Db } from '../../base/db/database.ts'
import { isThere } from '../../register/ledger/answers/answers.ts'
import { notPaused } from '../../register/sites/paused.ts'
import type { LevelPages } from './parts.ts'

/** A line is looked at so often, seconds; the looks at all sites are spread over as long. */
const EVERY_S = 86_400
/** For so long an address that opened over IPv6 proves that this place has IPv6. */
const PROVEN = '2 days'
/** A page that was seen longer ago may be gone: links are scanned once a week, or a day later. */
const LATELY = '8 days'

/** A site whose line is to be looked at. */
export interface DueLine {
  readonly siteId: number
  readonly url: string
  readonly demo: boolean
  readonly secureBefore: LineMeasured['secure'] | null
}

/** Gives sites that have none a turn of their own, each at another time of the day. */
export async function spreadTurns(db: Db, now: Date): Promise<void> {
  await sql`
    insert into site_line (site_id, next_at)
    select id, ${now}::timestamptz + make_interval(secs => (id * 0.6180339887498949) % 1 * ${EVERY_S}::int)
    from site where not exists (select 1 from site_line line where line.site_id = site.id)
    on conflict do nothing
  `.execute(db)
}

/** Claims up to `limit` sites whose turn has come, and sets their next turn. Sites that are down or paused are let be. */
export async function claimDueLines(db: Db, now: Date, limit: number): Promise<DueLine[]> {
  const { rows } = await sql<DueLine>`
    with due as (
      select line.site_id from site_line line join site on site.id = line.site_id
      join site_state state on state.site_id = line.site_id
      where line.next_at <= ${now} and state.availability = 'up' and ${notPaused(now)} and ${isThere}
      order by line.next_at limit ${limit} for update of line skip locked
    )
    update site_line line set next_at = ${now}::timestamptz + make_interval(secs => ${EVERY_S}::int)
    from due join site on site.id = due.site_id where line.site_id = due.site_id
    returning line.site_id as "siteId", site.url, site.demo, line.measured -> 'secure' as "secureBefore"
  `.execute(db)
  return rows
}

/**
 * Some pages behind the home page that opened when the site was looked through lately, those of one template not all together: a scan of
 * links keeps only what was broken.
 */
export async function levelPages(db: Db, siteId: number, now: Date, most: number): Promise<LevelPages> {
  // One that says something for every rule (`*`) could not be seen; one without links is what the site answers where it has nothing.
  const { rows } = await sql<{ url: string; depth: number }>`
    select url, depth from (
      select url, depth, row_number() over (partition by depth order by url_hash) as nth from inspection_page
      where site_id = ${siteId} and kind = 'page' and depth in (1, 2) and status = 200 and said ->> '*' is null
        and links is not null and seen_at > ${now}::timestamptz - interval '${sql.raw(LATELY)}'
    ) ranked where nth <= ${most}::int order by depth, nth
  `.execute(db)
  const of = (level: number) => rows.filter(({ depth }) => depth === level).map(({ url }) => url)
  return { second: of(1), third: of(2) }
}

/** What a look brought. @param found why it brought nothing, where it did not */
export async function storeLine(
  db: Db,
  siteId: number,
  at: Date,
  found: LineMeasured | NoLineFor,
): Promise<void> {
  const isFound = typeof found !== 'string'
  await db
    .updateTable('site_line')
    .set({ at, measured: isFound ? JSON.stringify(found) : null, reason: isFound ? null : found })
    .where('site_id', '=', siteId)
    .execute()
}

/** The line of a site as it was seen last, and whether anything opens over IPv6 from here. */
export interface LineRow {
  readonly at: Date | null
  readonly measured: LineMeasured | null
  readonly reason: NoLineFor | null
  readonly hasSix: boolean
}

export async function lineRow(db: Db, siteId: number, now: Date): Promise<LineRow | undefined> {
  const { rows } = await sql<LineRow>`
    select line.at, line.measured, line.reason, exists (
      select 1 from site_line other join site one on one.id = other.site_id
      where one.demo = site.demo and other.at > ${now}::timestamptz - interval '${sql.raw(PROVEN)}'
        and other.measured #>> '{six,state}' = 'opens') as "hasSix"
    from site_line line join site on site.id = line.site_id where line.site_id = ${siteId}
  `.execute(db)
  return rows[0]
}
