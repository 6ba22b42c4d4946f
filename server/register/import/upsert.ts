import { sql } from 'kysely'
import type { Tx } from '../../base/db/database.ts'
import type { RegisterRow } from './plan/place.ts'

/** Rows of one statement: some 1.5 MB, large enough to be fast and small enough for any server. */
const BATCH = 5_000

/**
 * Adds or changes sites and their units by code. Two imports at once wait for each other; the monitor does not.
 * Where a site has moved to another address, what was kept of the old one's answers is forgotten.
 */
export async function upsertSites(
  tx: Tx,
  rows: readonly RegisterRow[],
  options: { demo: boolean; at: Date },
): Promise<{ added: number; changed: number }> {
  await sql`lock table site in share row exclusive mode`.execute(tx)
  let added = 0
  let changed = 0
  for (let from = 0; from < rows.length; from += BATCH) {
    const batch = JSON.stringify(rows.slice(from, from + BATCH))
    await addUnits(tx, batch)
    changed += await changeSites(tx, batch)
    added += await addSites(tx, batch, options)
  }
  return { added, changed }
}

const incoming = (batch: string) => sql`
  jsonb_to_recordset(${batch}::jsonb) as r(
    code text, name text, url text, level text, district text, division text, unit text, platform text, "intervalS" int)`

async function addUnits(tx: Tx, batch: string): Promise<void> {
  await sql`
    insert into unit (name, district)
    select distinct r.unit, r.district from ${incoming(batch)}
    where not exists (select from unit where unit.district = r.district and unit.name = r.unit)
    order by r.district, r.unit
  `.execute(tx)
}

async function changeSites(tx: Tx, batch: string): Promise<number> {
  const { rows } = await sql<{ changed: number }>`
    with change as materialized (
      select site.id, r.*, unit.id as unit_id, site.url <> r.url as has_moved
      from ${incoming(batch)}
      join unit on unit.district = r.district and unit.name = r.unit
      join site on site.code = r.code
      where (site.name, site.url, site.level, site.district, site.division, site.unit_id, site.platform, site.interval_s)
        is distinct from (r.name, r.url, r.level, r.district, r.division, unit.id, r.platform, r."intervalS")
    ), moved as (
      update site_state
      set etag = null, last_modified = null, body_hash = null, read_again = true
      from change where site_state.site_id = change.id and change.has_moved
    ), written as (
      update site
      set name = c.name, url = c.url, level = c.level, district = c.district, division = c.division, unit_id = c.unit_id,
          platform = c.platform, interval_s = c."intervalS"
      from change c where site.id = c.id
    )
    select count(*)::int as changed from change
  `.execute(tx)
  return rows[0]?.changed ?? 0
}

async function addSites(tx: Tx, batch: string, { demo, at }: { demo: boolean; at: Date }): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into site (code, name, url, level, district, division, unit_id, platform, interval_s, demo, created_at)
    select r.code, r.name, r.url, r.level, r.district, r.division, unit.id, r.platform, r."intervalS", ${demo}, ${at}
    from ${incoming(batch)}
    join unit on unit.district = r.district and unit.name = r.unit
    where not exists (select from site where site.code = r.code)
    order by r.code
  `.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/**
 * Gives new sites their first state: nothing is known, and the first visits are spread evenly over an interval.
 * Neighbours in the register share servers, so the order is that of a hash.
 */
export async function addMissingStates(tx: Tx, at: Date, defaultIntervalS: number): Promise<void> {
  await sql`
    insert into site_state (site_id, state, state_since, availability, since, v1, v2, next_visit_at)
    select site.id, 'unknown', ${at}, 'unknown', ${at}, 'insufficient', 'insufficient',
      ${at}::timestamptz + make_interval(secs => coalesce(site.interval_s, ${defaultIntervalS}::int)
        * (row_number() over (order by md5(site.code)) - 1)::float8 / count(*) over ())
    from site left join site_state on site_state.site_id = site.id
    where site_state.site_id is null
  `.execute(tx)
}
