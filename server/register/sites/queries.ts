import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import type { Scope } from '../../../shared/people/rights/rights.ts'
import type { Site } from '../../../shared/register/sites/sites.ts'
import type { Lifecycle } from '../../../shared/register/sites/sites-rules.ts'
import { SITE_STATES, type SiteState, WRONG_STATES } from '../../../shared/register/sites/states.ts'
import type { Db } from '../../base/db/database.ts'
import { patternOf, spelledLike } from '../../base/search/letters.ts'
import { within } from '../../people/rights/scope.ts'
import { ownIs } from './own.ts'

export interface SiteFilter {
  readonly district?: string | undefined
  /** `wrong`: all that somebody has to act on. */
  readonly state?: SiteState | 'wrong' | undefined
  /** Part of a name, code, address or unit; of names also their pinyin, whole or by initials. */
  readonly q?: string | undefined
  readonly lifecycle?: Lifecycle | undefined
  /** Number of the unit. */
  readonly unit?: number | undefined
  readonly platform?: string | undefined
  /** A field of one's own, and what it says; without that, it says nothing. */
  readonly own?: string | undefined
  readonly ownValue?: string | undefined
}

/**
 * Sites within a scope in the order of their ids, at most `limit`, with ids after `after`; or the `worst` first, and of
 * equals what is so since lately.
 */
export async function listSites(
  db: Db,
  scope: Scope,
  filter: SiteFilter,
  page: { limit: number; after?: number | undefined; sort?: 'id' | 'worst' },
): Promise<{ items: Site[]; total: number }> {
  const { where } = await matches(db, scope, filter)
  const { after = 0, limit, sort = 'id' } = page
  const order =
    sort === 'id'
      ? sql`id`
      : sql`array_position(${[...SITE_STATES]}::text[], state), state_since desc nulls last, id`
  // Looked through once, also where it is a whole nation's: how many there are, and which are of this page.
  const { rows: counted } = await sql<{ total: number; ids: number[] }>`
    with found as materialized (select site.id, current.state, current.state_since from site
      join site_state as current on current.site_id = site.id where ${where})
    select (select count(*)::int from found) as total,
      array(select id from found where id > ${after} order by ${order} limit ${limit}) as ids
  `.execute(db)
  const { total, ids } = counted[0] ?? { total: 0, ids: [] }
  if (ids.length === 0) return { items: [], total }
  const rows = await siteRows(db).where('site.id', 'in', ids).execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  return { items: ids.flatMap((id) => byId.get(id) ?? []).map(toSite), total }
}

/** Where a site lies, if it is within a scope. */
export function findLocation(
  db: Db,
  scope: Scope,
  id: number,
): Promise<{ id: number; district: string; unitId: number } | undefined> {
  return db
    .selectFrom('site')
    .select(['id', 'district', 'unit_id as unitId'])
    .where('id', '=', id)
    .where(within(scope, 'site'))
    .executeTakeFirst()
}

/** What a filter leaves of a scope, of rows with `site` and `site_state` as `current`. */
export async function matches(
  db: Db,
  scope: Scope,
  { district, state, q, lifecycle, unit, platform, own, ownValue }: SiteFilter,
): Promise<{ readonly where: RawBuilder<boolean> }> {
  const conditions = [within(scope, 'site')]
  if (district !== undefined) conditions.push(sql`site.district = ${district}`)
  if (state === 'wrong') conditions.push(sql`current.state = any(${[...WRONG_STATES]}::text[])`)
  else if (state !== undefined) conditions.push(sql`current.state = ${state}`)
  if (lifecycle !== undefined) conditions.push(sql`site.lifecycle = ${lifecycle}`)
  if (unit !== undefined) conditions.push(sql`site.unit_id = ${unit}`)
  if (platform !== undefined) conditions.push(sql`site.platform = ${platform}`)
  if (own !== undefined) conditions.push(await ownIs(db, own, ownValue))
  if (q) conditions.push(await siteOrUnitNamed(db, q))
  return { where: sql<boolean>`${sql.join(conditions, sql` and `)}` }
}

/** Of `site`: by a part of its name, its pinyin, its code or its address, or of its unit's name or the pinyin of that. */
export async function siteOrUnitNamed(db: Db, q: string): Promise<RawBuilder<boolean>> {
  const spelled = await spelledLike(db, q)
  const pattern = patternOf(q.toLowerCase())
  const ofUnit = spelled
    ? sql`u.searched like ${pattern} or ${spelled('u.name')}`
    : sql`u.searched like ${pattern}`
  return sql<boolean>`(${await siteNamed(db, q)} or site.unit_id in (select u.id from unit u where ${ofUnit}))`
}

/** Of `site`: by a part of its name, its pinyin, its code or its address. */
export async function siteNamed(db: Db, q: string): Promise<RawBuilder<boolean>> {
  const spelled = await spelledLike(db, q)
  const pattern = patternOf(q.toLowerCase())
  return sql<boolean>`(site.searched like ${pattern} ${spelled ? sql`or ${spelled('site.name')}` : sql``})`
}

/** Sites with how they stand, as lists show them. */
export function siteRows(db: Db) {
  return db
    .selectFrom('site')
    .innerJoin('unit', 'unit.id', 'site.unit_id')
    .innerJoin('site_state as current', 'current.site_id', 'site.id')
    .select([
      'site.id',
      'site.code',
      'site.name',
      'site.url',
      'site.level',
      'site.district',
      'site.unit_id',
      'unit.name as unit_name',
      'site.platform',
      'site.demo',
      'site.version',
      'site.lifecycle',
      'current.state',
      'current.state_since',
      'current.availability',
      'current.cause',
      'current.since',
      'current.v1',
      'current.share',
      'current.v2',
      'current.v3',
      'current.newest',
      'current.last_visit_at',
      'current.last_ok_at',
      'current.latency_ms',
      'current.flapping',
    ])
}

/** A row of `siteRows`. */
export type SiteRow =
  ReturnType<typeof siteRows> extends SelectQueryBuilder<infer _DB, infer _TB, infer Row> ? Row : never

export function toSite(row: SiteRow): Site {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    url: row.url,
    level: row.level,
    district: row.district,
    unitId: row.unit_id,
    unit: row.unit_name,
    platform: row.platform,
    demo: row.demo,
    version: row.version,
    lifecycle: row.lifecycle,
    state: row.state,
    stateSince: iso(row.state_since),
    availability: row.availability,
    cause: row.cause,
    since: iso(row.since),
    v1: row.v1,
    share: row.share,
    v2: row.v2,
    v3: row.v3,
    newest: row.newest,
    lastVisitAt: iso(row.last_visit_at),
    lastOkAt: iso(row.last_ok_at),
    latencyMs: row.latency_ms,
    flapping: row.flapping,
  }
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null
