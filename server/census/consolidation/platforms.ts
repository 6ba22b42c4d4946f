import { type RawBuilder, sql } from 'kysely'
import { addDays, DAY, localDay } from '../../../shared/base/time.ts'
import type {
  Platform,
  PlatformImpact,
  PlatformSaid,
} from '../../../shared/census/consolidation/consolidation.ts'
import { UNITS_OF_SHARED } from '../../../shared/census/consolidation/consolidation-rules.ts'
import type { Principal, Scope } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { within } from '../../people/rights/scope.ts'
import { isThere } from '../../register/ledger/answers/answers.ts'
import { letterVisible } from '../letters/queries.ts'
import './refusals.ts'

const MOST = 500
const MOST_SITES = 200
const YEAR_DAYS = 365

/** When an incident of a platform was, and how many sites fell by it within a scope. */
const failuresOf = (scope: Scope, now: number, name: RawBuilder<unknown>) => sql`
  select incident.id, incident.opened_at, incident.resolved_at, count(distinct site.id)::int as sites,
    sum(extract(epoch from coalesce(alert.resolved_at, ${new Date(now)}) - alert.opened_at)) / 3600 as hours
  from incident join alert on alert.incident_id = incident.id and alert.site_id is not null
  join site on site.id = alert.site_id
  where incident.kind = 'platform' and incident.key = ${name}
    and incident.opened_at > ${new Date(now - YEAR_DAYS * DAY)} and ${within(scope, 'site')}
  group by incident.id`

interface PlatformRow {
  readonly name: string
  readonly version: number
  readonly unit_id: number | null
  readonly unit: string | null
  readonly address: string | null
  readonly note: string
  readonly is_shared: boolean | null
  readonly all_units: number
  readonly sites: number
  readonly districts: number
  readonly units: number
  readonly failures: number
  readonly hours: number | null
  readonly coming: number
}

async function rowsOf(db: Db | Tx, scope: Scope, now: number, only: string | null): Promise<PlatformRow[]> {
  const named = (column: RawBuilder<unknown>) => (only === null ? sql`true` : sql`${column} = ${only}`)
  const { rows } = await sql<PlatformRow>`
    with carried as (
      select site.platform as name, count(distinct site.unit_id)::int as all_units,
        count(*) filter (where ${within(scope, 'site')})::int as sites,
        count(distinct site.district) filter (where ${within(scope, 'site')})::int as districts,
        count(distinct site.unit_id) filter (where ${within(scope, 'site')})::int as units
      from site where site.platform is not null and ${isThere} and ${named(sql`site.platform`)}
      group by site.platform
    ), known as (
      select name from carried union select name from platform where ${named(sql`platform.name`)}
    )
    select known.name, coalesce(platform.version, 0) as version, platform.unit_id, unit.name as unit,
      platform.address, coalesce(platform.note, '') as note, platform.is_shared,
      coalesce(carried.all_units, 0) as all_units, coalesce(carried.sites, 0) as sites,
      coalesce(carried.districts, 0) as districts, coalesce(carried.units, 0) as units,
      coalesce(failed.n, 0)::int as failures, failed.hours::float8 as hours,
      (select count(*)::int from site_move join site on site.id = site_move.site_id
        where state = 'planned' and to_platform = known.name and ${within(scope, 'site')}) as coming
    from known left join carried on carried.name = known.name
    left join platform on platform.name = known.name left join unit on unit.id = platform.unit_id
    left join lateral (select count(*) as n, sum(hours) as hours
      from (${failuresOf(scope, now, sql`known.name`)}) f) failed on true
    order by sites desc, known.name limit ${MOST}`.execute(db)
  // A platform of others is none of theirs, but for whoever sees all.
  return rows.filter(({ sites, coming }) => scope.kind === 'city' || sites > 0 || coming > 0)
}

const toPlatform = (row: PlatformRow): Platform => ({
  ...{ name: row.name, version: row.version, address: row.address, note: row.note },
  owner: row.unit_id === null ? null : { id: row.unit_id, name: row.unit ?? '' },
  isShared: row.is_shared ?? row.all_units >= UNITS_OF_SHARED,
  isSharedSaid: row.is_shared,
  ...{ sites: row.sites, districts: row.districts, units: row.units, coming: row.coming },
  ...{ failures: row.failures, siteHours: Math.round((row.hours ?? 0) * 10) / 10 },
})

/** Platforms with what they carry within a scope, the largest first. */
export async function listPlatforms(db: Db, scope: Scope, now: number): Promise<Platform[]> {
  return (await rowsOf(db, scope, now, null)).map(toPlatform)
}

/**
 * Says whose a platform is.
 * @throws Refusal conflict when somebody has said otherwise since that version; invalid for a unit that there is none of
 */
export async function keepPlatform(ctx: Context, user: Principal, said: PlatformSaid): Promise<Platform> {
  const now = ctx.clock.now()
  return ctx.db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('platform'), hashtext(${said.name}))`.execute(tx)
    const [before] = await rowsOf(tx, user.scope, now, said.name)
    if ((before?.version ?? 0) !== said.version) {
      throw new Refusal('conflict', 'consolidation.saidMeanwhile', { current: before && toPlatform(before) })
    }
    await requireUnit(tx, said.unitId)
    const values = {
      ...{ unit_id: said.unitId, address: said.address?.trim() || null },
      ...{ note: said.note.trim(), is_shared: said.isShared },
    }
    await tx
      .insertInto('platform')
      .values({ name: said.name, version: said.version + 1, ...values })
      .onConflict((on) => on.column('name').doUpdateSet({ ...values, version: said.version + 1 }))
      .execute()
    const detail = { name: said.name, unitId: said.unitId, address: said.address, isShared: said.isShared }
    await recordAudit(tx, {
      ...{
        at: new Date(now),
        actor: user,
        action: 'platform.kept',
        entity: 'platform',
        entityId: null,
        detail,
      },
    })
    const [after] = await rowsOf(tx, user.scope, now, said.name)
    if (!after) throw new Error('a platform is gone in its own transaction')
    return toPlatform(after)
  })
}

async function requireUnit(tx: Tx, id: number | null): Promise<void> {
  if (id === null) return
  const unit = await tx.selectFrom('unit').select('id').where('id', '=', id).executeTakeFirst()
  if (!unit) throw new Refusal('invalid', 'common.noSuchUnit')
}

/** What one failure takes down, and what failures took down, of what somebody sees. @throws Refusal not_found */
export async function impactOf(db: Db, scope: Scope, name: string, now: number): Promise<PlatformImpact> {
  const on = sql`site.platform = ${name} and ${isThere} and ${within(scope, 'site')}`
  const byDistrict = await sql<{ district: string; sites: number }>`
    select site.district, count(*)::int as sites from site join district on district.code = site.district
    where ${on} group by site.district, district.position order by district.position`.execute(db)
  const [known] = await rowsOf(db, scope, now, name)
  if (!known) throw new Refusal('not_found', 'requests.noSuchThing')
  const sites = await sql<PlatformImpact['sites'][number]>`
    select site.id, site.name, site.district, unit.name as unit, site.level,
      site.level like '%portal' as "isPortal"
    from site join unit on unit.id = site.unit_id where ${on}
    order by site.level like '%portal' desc, site.id limit ${MOST_SITES}`.execute(db)
  const counts = await sql<{ letters: number; columns: number }>`
    select (select count(*)::int from letter l where l.received_on > ${addDays(localDay(now), -YEAR_DAYS)}
        and l.unit_id in (select site.unit_id from site where ${on}) and ${letterVisible(scope)}) as letters,
      (select count(*)::int from site_column join site on site.id = site_column.site_id where ${on}) as columns
  `.execute(db)
  const failures = await sql<{ id: number; opened_at: Date; resolved_at: Date | null; sites: number }>`
    select * from (${failuresOf(scope, now, sql`${name}`)}) f order by opened_at desc limit 50`.execute(db)
  return {
    name,
    sites: sites.rows,
    total: byDistrict.rows.reduce((sum, row) => sum + row.sites, 0),
    byDistrict: byDistrict.rows,
    ...(counts.rows[0] ?? { letters: 0, columns: 0 }),
    failures: failures.rows.map(({ id, opened_at, resolved_at, sites: fallen }) => ({
      ...{ id, from: opened_at.toISOString(), to: resolved_at?.toISOString() ?? null, sites: fallen },
    })),
  }
}
