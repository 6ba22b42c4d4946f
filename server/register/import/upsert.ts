import { type RawBuilder, sql } from 'kysely'
import type { NewFact } from '../../../shared/base/facts.ts'
import type { Person } from '../../../shared/base/person.ts'
import type { ChangeWay } from '../../../shared/register/ledger/ledger-rules.ts'
import type { Tx } from '../../base/db/database.ts'
import type { RegisterRow } from './plan/place.ts'

/** Rows of one statement: some 1.5 MB, large enough to be fast and small enough for any server. */
const BATCH = 5_000

/** Who changes the register, how and why, as its history keeps it. */
export interface ChangedBy {
  readonly actor: Person | null
  readonly via: ChangeWay
  readonly batch: string | null
  readonly reason: string
}

export interface Writing {
  readonly demo: boolean
  readonly at: Date
  /** Null: what the history does not keep, as the addresses of the demo, which are others at each of its starts. */
  readonly by: ChangedBy | null
}

/** A site that is another unit's by now. One of the same name in another district is the same office, until it is merged. */
export interface HandedSite {
  readonly siteId: number
  /** Units, by number. */
  readonly from: number
  readonly into: number
}

declare module '../../base/context.ts' {
  interface After {
    /** What is open of sites goes over to the units that they are of by now. @returns facts, to be appended */
    sitesHanded(
      tx: Tx,
      handed: Pick<ChangedBy, 'actor' | 'reason'> & { readonly sites: readonly HandedSite[] },
      now: number,
    ): Promise<NewFact[]>
  }
}

export interface Written {
  readonly added: number
  readonly changed: number
  /** Of those that were changed. */
  readonly handed: readonly HandedSite[]
}

/**
 * Adds or changes sites and their units by code; of a unit that was merged within its district, the one that it went into is
 * meant. Two imports at once wait for each other; the monitor does not.
 */
export async function upsertSites(tx: Tx, rows: readonly RegisterRow[], writing: Writing): Promise<Written> {
  await sql`lock table site in share row exclusive mode`.execute(tx)
  return writeSites(tx, rows, writing)
}

/**
 * The same for whoever has made sure that nobody else does. A row that says what code it had (`was`) gets its new one.
 * Where a site has moved to another address, its next turn forgets what was kept of the old one's answers: the rows that a monitor
 * needs for each visit are not held for as long as a nation's register takes to be stored.
 */
export async function writeSites(tx: Tx, rows: readonly RegisterRow[], writing: Writing): Promise<Written> {
  let added = 0
  let changed = 0
  const handed: HandedSite[] = []
  for (let from = 0; from < rows.length; from += BATCH) {
    const batch = JSON.stringify(rows.slice(from, from + BATCH))
    await addUnits(tx, batch)
    const changes = await changeSites(tx, batch, writing)
    changed += changes.changed
    handed.push(...changes.handed)
    added += await addSites(tx, batch, writing)
  }
  return { added, changed, handed }
}

const incoming = (batch: string) => sql`
  jsonb_to_recordset(${batch}::jsonb) as r(
    code text, was text, name text, url text, level text, district text, division text, unit text, platform text,
    "intervalS" int, profile jsonb)`

/**
 * What is said of a site under the names of the fields; without what nothing is said of.
 * @param of alias of what has the columns of a site.
 */
const said = (of: string, unit: RawBuilder<unknown>) => sql`
  jsonb_strip_nulls(jsonb_build_object('code', ${sql.ref(`${of}.code`)}, 'name', ${sql.ref(`${of}.name`)},
    'url', ${sql.ref(`${of}.url`)}, 'level', ${sql.ref(`${of}.level`)}, 'district', ${sql.ref(`${of}.division`)},
    'unit', ${unit}, 'platform', ${sql.ref(`${of}.platform`)}, 'interval', ${sql.ref(`${of}.interval_s`)})
    || ${sql.ref(`${of}.profile`)})`

/** Rows of the history, of the changes in `from`: of each the fields that are others, as they were and as they are. */
const kept = (from: RawBuilder<unknown>, { at, by }: Writing) => sql`
  insert into site_change (site_id, version, at, actor_id, actor_name, via, batch, reason, before, after)
  select c.id, c.version, ${at}::timestamptz, ${by?.actor?.id ?? null}::int, ${by?.actor?.name ?? null}::text,
    ${by?.via ?? 'form'}::text, ${by?.batch ?? null}::text, ${by?.reason ?? ''}::text, parts.before, parts.after
  from ${from} as c cross join lateral (
    select coalesce(jsonb_object_agg(key, c.was -> key), '{}') as before,
      coalesce(jsonb_object_agg(key, c.becomes -> key), '{}') as after
    from jsonb_object_keys(c.was || c.becomes) as key where c.was -> key is distinct from c.becomes -> key
  ) as parts where ${by !== null}`

/**
 * The unit that is meant by another: a site is of one of its own district, so that one which went into another district's means
 * itself. It is no condition of the join, which goes by the number alone, however many units a district has.
 */
const meant = (column: 'id' | 'name') => sql`case when successor.district = unit.district
  then ${sql.ref(`successor.${column}`)} else ${sql.ref(`unit.${column}`)} end`

async function addUnits(tx: Tx, batch: string): Promise<void> {
  await sql`
    insert into unit (name, district)
    select distinct r.unit, r.district from ${incoming(batch)}
    where not exists (select from unit where unit.district = r.district and unit.name = r.unit)
    order by r.district, r.unit
  `.execute(tx)
}

async function changeSites(tx: Tx, batch: string, writing: Writing): Promise<Omit<Written, 'added'>> {
  const { rows } = await sql<Omit<Written, 'added'>>`
    with wanted as materialized (
      select site.id, site.version + ${writing.by ? 1 : 0} as version, r.code, r.name, r.url, r.level, r.district,
        r.division, ${meant('id')} as unit_id, ${meant('name')} as unit, r.platform, r."intervalS" as interval_s, site.url <> r.url as has_moved,
        jsonb_strip_nulls(site.profile || coalesce(r.profile, '{}')) as profile
      from ${incoming(batch)}
      join unit on unit.district = r.district and unit.name = r.unit
      left join unit as successor on successor.id = unit.merged_into
      join site on site.code = coalesce(r.was, r.code)
    ), change as materialized (
      select w.*, before.id as was_unit_id, before.name as was_unit, ${said('site', sql`before.name`)} as was, ${said('w', sql`w.unit`)} as becomes
      from wanted w join site on site.id = w.id join unit as before on before.id = site.unit_id
      where (site.code, site.name, site.url, site.level, site.district, site.division, site.unit_id, site.platform,
          site.interval_s, site.profile)
        is distinct from (w.code, w.name, w.url, w.level, w.district, w.division, w.unit_id, w.platform,
          w.interval_s, w.profile)
    ), written as (
      update site
      set code = c.code, name = c.name, url = c.url, level = c.level, district = c.district, division = c.division,
          unit_id = c.unit_id, platform = c.platform, interval_s = c.interval_s, profile = c.profile,
          version = c.version, moved_at = case when c.has_moved then ${writing.at}::timestamptz else site.moved_at end
      from change c where site.id = c.id
    ), history as (${kept(sql`change`, writing)})
    select count(*)::int as changed, coalesce(
      jsonb_agg(jsonb_build_object('siteId', id, 'from', was_unit_id, 'into', unit_id)) filter (where unit <> was_unit),
      '[]') as handed
    from change
  `.execute(tx)
  return rows[0] ?? { changed: 0, handed: [] }
}

async function addSites(tx: Tx, batch: string, writing: Writing): Promise<number> {
  const { demo, at } = writing
  const { rows } = await sql<{ added: number }>`
    with written as (
      insert into site (code, name, url, level, district, division, unit_id, platform, interval_s, profile, demo, created_at)
      select r.code, r.name, r.url, r.level, r.district, r.division, ${meant('id')}, r.platform, r."intervalS",
        jsonb_strip_nulls(coalesce(r.profile, '{}')), ${demo}, ${at}
      from ${incoming(batch)}
      join unit on unit.district = r.district and unit.name = r.unit
      left join unit as successor on successor.id = unit.merged_into
      where r.was is null and not exists (select from site where site.code = r.code)
      order by r.code
      returning *
    ), added as (
      select w.id, w.version, '{}'::jsonb as was, ${said('w', sql`unit.name`)} as becomes
      from written w join unit on unit.id = w.unit_id
    ), history as (${kept(sql`added`, writing)})
    select count(*)::int as added from written
  `.execute(tx)
  return rows[0]?.added ?? 0
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
