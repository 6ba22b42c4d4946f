import { type Selectable, sql } from 'kysely'
import { notAside } from '../../base/aside/queries.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { hashOf, shapeOf } from '../inspections/page/address.ts'
import type { NewTarget } from './rules.ts'
import type { LinkScanTable, LinkTargetTable } from './tables.ts'

const WEEK_S = 7 * 86_400

/**
 * Adds links to a scan's frontier; one that is there already only learns that it is on the home page too, or what leads to it where
 * nothing did. Addresses made by one template are added up to `perShape` times, and all in all up to `limit`.
 * @returns whether some had to be left out.
 */
export async function addTargets(
  tx: Tx,
  scanId: number,
  targets: readonly NewTarget[],
  { limit, perShape, now }: { limit: number; perShape: number; now: Date },
): Promise<boolean> {
  if (targets.length === 0) return false
  const rows = targets.map((target, index) => ({ ...target, index, hash: hashOf(target.url) }))
  const { rows: counts } = await sql<{ fresh: number; added: number }>`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(
        index int, hash text, url text, shape text, kind text, inside boolean, depth int, "onHome" boolean,
        "foundOn" text, "foundText" text)
    ), known as (
      update link_target t set on_home = t.on_home or given."onHome", depth = least(t.depth, given.depth),
        kind = given.kind, found_on = given."foundOn", found_text = given."foundText"
      from given where t.scan_id = ${scanId} and t.url_hash = given.hash and t.found_on = '' and given."foundOn" <> ''
    ), again as (
      update link_target t set on_home = true
      from given where t.scan_id = ${scanId} and t.url_hash = given.hash and given."onHome" and not t.on_home and t.found_on <> ''
    ), fresh as (
      select given.*, row_number() over (partition by shape order by index) as nth
      from given
      where not exists (select 1 from link_target t where t.scan_id = ${scanId} and t.url_hash = given.hash)
    ), shapes as (
      select shape, (select count(*) from link_target t where t.scan_id = ${scanId} and t.shape = one.shape) as known
      from (select distinct shape from fresh) one
    ), room as (
      select greatest(0, ${limit}::int - count(*)::int) as left_over from link_target where scan_id = ${scanId}
    ), added as (
      insert into link_target (scan_id, url_hash, url, shape, kind, is_inside, depth, on_home, found_on, found_text, next_at)
      select ${scanId}::int, hash, url, shape, kind, inside, depth, "onHome", "foundOn", "foundText", ${now}::timestamptz
      from fresh join shapes using (shape) where nth + known <= ${perShape}::int
      order by index limit (select left_over from room)
      on conflict do nothing returning 1
    )
    select (select count(*) from fresh) as fresh, (select count(*) from added) as added
  `.execute(tx)
  return (counts[0]?.fresh ?? 0) > (counts[0]?.added ?? 0)
}

/** Adds the home page of a site, with which a scan begins. */
export async function addHome(
  tx: Tx,
  scanId: number,
  url: string,
  { limit, now }: { limit: number; now: Date },
): Promise<void> {
  const home = {
    ...{ url, shape: shapeOf(new URL(url)), kind: 'page', inside: true, depth: 0 },
    ...{ onHome: false, foundOn: url, foundText: '' },
  }
  await addTargets(tx, scanId, [home], { limit, perShape: 1, now })
}

/** The next link of a scan whose time has come: pages with problems first, then those nearest to the home page. */
export function nextTarget(
  db: Db,
  scanId: number,
  now: Date,
): Promise<Selectable<LinkTargetTable> | undefined> {
  return db
    .selectFrom('link_target')
    .selectAll()
    .where('scan_id', '=', scanId)
    .where('state', '=', 'waiting')
    .where('next_at', '<=', now)
    .orderBy('visits')
    .orderBy(sql`found_on <> ''`)
    .orderBy('depth')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
}

/** When the first of the links still waiting may be visited; null when none waits. */
export async function nextTime(db: Db, scanId: number): Promise<Date | null> {
  const { at } = await db
    .selectFrom('link_target')
    .select((eb) => eb.fn.min('next_at').as('at'))
    .where('scan_id', '=', scanId)
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow()
  return at
}

/** Whether the last links that a scan has visited, so many, all ended by one of these causes. */
export async function areLastBy(
  tx: Tx,
  scanId: number,
  causes: readonly string[],
  many: number,
): Promise<boolean> {
  // A link that was visited has its time from then.
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from (
      select cause from link_target where scan_id = ${scanId} and visits > 0 order by next_at desc, id desc limit ${many}) last
    where cause = any(${causes}::text[])
  `.execute(tx)
  return rows[0]?.n === many
}

/**
 * Takes a running scan for `leaseMs`, if nobody has it: the holder alone visits its links. Who died with it loses
 * it when the time is over.
 */
export function leaseScan(
  db: Db,
  id: number,
  now: number,
  leaseMs: number,
): Promise<(Selectable<LinkScanTable> & { url: string; demo: boolean }) | undefined> {
  return db
    .updateTable('link_scan as scan')
    .from('site')
    .set({
      next_at: new Date(now + leaseMs),
      started_at: sql<Date>`coalesce(scan.started_at, ${new Date(now)}::timestamptz)`,
    })
    .whereRef('site.id', '=', 'scan.site_id')
    .where('scan.id', '=', id)
    .where('scan.state', '=', 'running')
    .where('scan.next_at', '<=', new Date(now))
    .returningAll('scan')
    .returning(['site.url', 'site.demo'])
    .executeTakeFirst()
}

/**
 * Has scans go on that somebody stopped and nobody took up again by then: while one stands, its site is neither scanned by the week nor
 * looked at by night. Not those of sites that are not to be visited.
 */
export async function resumeForgotten(db: Db, before: Date, now: Date): Promise<void> {
  await sql`
    update link_scan scan set state = 'running', version = scan.version + 1, next_at = ${now}
    from site where site.id = scan.site_id and scan.state = 'stopped' and scan.next_at < ${before}
      and site.pause_reason is null and site.lifecycle not in ('closed', 'moved', 'merged')
  `.execute(db)
}

/** Scans that are running by name only: whoever had them is gone. Not those that are set aside. */
export async function orphanScans(db: Db, before: Date): Promise<number[]> {
  const rows = await db
    .selectFrom('link_scan')
    .select('id')
    .where('state', '=', 'running')
    .where('brief', '=', false)
    .where('next_at', '<', before)
    .where(notAside('scan', sql`link_scan.id::text`))
    .execute()
  return rows.map((row) => row.id)
}

/**
 * A site whose hour of the week it is (golden-ratio hashing of its number spreads them evenly), or whose last scan
 * is more than eight days ago because that hour was missed.
 */
export async function siteToScan(db: Db, nowMs: number): Promise<number | null> {
  const now = sql`${nowMs / 1000}::float8`
  const { rows } = await sql<{ id: number }>`
    select site.id from site
    cross join lateral (select (site.id * 0.6180339887498949) % 1 * ${WEEK_S}::float8 as at) place
    cross join lateral (select floor((${now} - place.at) / ${WEEK_S}) * ${WEEK_S} + place.at as at) turn
    left join lateral (
      select extract(epoch from max(created_at))::float8 as at from link_scan where site_id = site.id and not brief) last on true
    where site.pause_reason is null and coalesce(last.at, 0) < turn.at
      and (turn.at > ${now} - 3600 or last.at < ${now} - ${WEEK_S} - 86400)
      and not exists (select 1 from link_scan live where live.site_id = site.id and live.state <> 'done' and not live.brief)
      and ${notAside('scan', sql`'site ' || site.id`)}
    order by last.at nulls first, site.id limit 1
  `.execute(db)
  return rows[0]?.id ?? null
}

/** How many scans run that nobody asked for and that were begun since then; those that are set aside keep no room. */
export async function weeklyRunning(db: Db, since: Date): Promise<number> {
  const { n } = await db
    .selectFrom('link_scan')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('state', '=', 'running')
    .where('requested_by', 'is', null)
    .where('created_at', '>', since)
    .where('brief', '=', false)
    .where(notAside('scan', sql`link_scan.id::text`))
    .executeTakeFirstOrThrow()
  return n
}

/** Of each of these sites the last scan that came to its end and saw anything: `site_id` and `id`. */
export const lastScans = (siteIds: readonly number[]) => sql<{ site_id: number; id: number }>`
  select distinct on (site_id) site_id, id from link_scan
  where site_id = any(${siteIds}::int[]) and state = 'done' and pages > 0 order by site_id, id desc`
