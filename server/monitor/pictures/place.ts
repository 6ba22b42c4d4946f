import { sql } from 'kysely'
import { localDay } from '../../../shared/base/time.ts'
import { columnStateOf } from '../../../shared/monitor/columns/columns.ts'
import type { Evidence } from '../../../shared/monitor/freshness/freshness.ts'
import type { PictureMark } from '../../../shared/monitor/pictures/pictures.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { readingOf } from '../columns/judge.ts'
import { measuresOf } from '../columns/queries.ts'
import { messagesOf, messageVerdicts } from '../messages/queries.ts'
import { rulesInForce } from '../verdicts/in-force.ts'

/** A page, and what on it is to be seen. */
export interface Place {
  readonly url: string
  readonly mark: PictureMark | null
}

interface About {
  readonly siteId: number
  readonly rule: string | null
}

/** Worst first. */
const NEGLECTED = ['blank', 'stale', 'undated']

/**
 * Where what a rule says of a site is to be seen: V2 at the newest item, V3 on the column that is neglected most, V5 at the
 * letter that has waited longest, LINKS around a broken link; of everything else the home page. In the order of `about`; null where there is no such site.
 */
export async function placesOf(tx: Tx, about: readonly About[], now: number): Promise<(Place | null)[]> {
  const idsOf = (rule: string) => about.filter((one) => one.rule === rule).map(({ siteId }) => siteId)
  const homes = await homesOf(
    tx,
    about.map(({ siteId }) => siteId),
  )
  const columns = await neglectedOf(tx, idsOf('V3'), localDay(now))
  const links = await brokenOf(tx, idsOf('LINKS'))
  const letters = await waitingOf(tx, idsOf('V5'), now)
  return about.map(({ siteId, rule }) => {
    const home = homes.get(siteId)
    if (!home) return null
    if (rule === 'V2') return home.newest ?? home.plain
    const others = { V3: columns, V5: letters, LINKS: links }[rule ?? '']
    return others?.get(siteId) ?? home.plain
  })
}

async function homesOf(db: Db, siteIds: readonly number[]) {
  const { rows } = await sql<{ id: number; url: string; evidence: Evidence | null }>`
    select site.id, site.url, case when jsonb_typeof(s.finding->'evidence') = 'object' then s.finding->'evidence' end as evidence
    from site left join site_state s on s.site_id = site.id where site.id = any(${[...siteIds]}::int[])
  `.execute(db)
  return new Map(
    rows.map(({ id, url, evidence }) => {
      const newest: Place | null = evidence && {
        url: evidence.page ?? url,
        mark: { text: evidence.text, ...(evidence.href === undefined ? {} : { href: evidence.href }) },
      }
      return [id, { plain: { url, mark: null } satisfies Place, newest }] as const
    }),
  )
}

/** Of each of these sites, the own page of its most neglected column. */
async function neglectedOf(db: Db, siteIds: readonly number[], today: string): Promise<Map<number, Place>> {
  if (siteIds.length === 0) return new Map()
  const rules = rulesInForce()
  const found = new Map<number, { worst: number; place: Place }>()
  for (const row of await measuresOf(db, [...new Set(siteIds)])) {
    const worst = NEGLECTED.indexOf(columnStateOf(readingOf(row), today, rules))
    const before = found.get(row.site_id)
    if (row.url === null || worst < 0 || (before && before.worst <= worst)) continue
    found.set(row.site_id, { worst, place: { url: row.url, mark: null } })
  }
  return new Map([...found].map(([siteId, { place }]) => [siteId, place]))
}

/** Of each of these sites, the letter without an answer that has waited longest: its own page, or the column that lists it. */
async function waitingOf(db: Db, siteIds: readonly number[], now: number): Promise<Map<number, Place>> {
  if (siteIds.length === 0) return new Map()
  const found = new Map<number, Place>()
  const verdicts = await messageVerdicts(db, siteIds, { atMs: now, today: localDay(now) })
  const columns = await messagesOf(db, siteIds)
  for (const [siteId, { some }] of verdicts) {
    const own = columns.filter(({ site_id }) => site_id === siteId)
    const [letter] = some
    const listed = own.find(({ reading }) => reading?.waiting.some(({ title }) => title === letter?.title))
    const url = letter?.url ?? listed?.url ?? own[0]?.url
    if (url !== undefined) found.set(siteId, { url, mark: letter ? { text: letter.title } : null })
  }
  return found
}

/** Of each of these sites, a broken link of the last scan on the page that has it, one of the home page rather than another. */
async function brokenOf(db: Db, siteIds: readonly number[]): Promise<Map<number, Place>> {
  if (siteIds.length === 0) return new Map()
  const { rows } = await sql<{ siteId: number; page: string; href: string; text: string }>`
    select scan.site_id as "siteId", t.found_on as page, t.url as href, t.found_text as text
    from (select distinct on (site_id) id, site_id from link_scan
      where site_id = any(${[...siteIds]}::int[]) and state = 'done' order by site_id, id desc) scan
    cross join lateral (select found_on, url, found_text from link_target
      where scan_id = scan.id and state = 'confirmed' and depth > 0 order by on_home desc, id limit 1) t
  `.execute(db)
  return new Map(rows.map(({ siteId, page, href, text }) => [siteId, { url: page, mark: { href, text } }]))
}
