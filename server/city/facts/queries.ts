import { type RawBuilder, sql } from 'kysely'
import type { Fact } from '../../../shared/base/facts.ts'
import { DESK_FACTS } from '../../../shared/city/facts.ts'
import { districtsOf, type Scope } from '../../../shared/people/rights/rights.ts'
import type { Db } from '../../base/db/database.ts'
import { toFact } from '../../desk/facts/told.ts'
import { within } from '../../people/rights/scope.ts'

export interface FactFilter {
  siteId?: number | undefined
  alertId?: number | undefined
  rectificationId?: number | undefined
  /** ISO: from then until before then. */
  from?: string | undefined
  to?: string | undefined
  district?: string | undefined
  /** What people did, and what befell many sites or the monitor itself. */
  people?: boolean | undefined
  /** Facts before this number. */
  before?: number | undefined
  limit: number
}

/** Facts within a scope, newest first. Facts that belong to no site are the city's. */
export async function listFacts(db: Db, scope: Scope, filter: FactFilter): Promise<Fact[]> {
  let query = db.selectFrom('fact').selectAll('fact').where(matches(scope, filter))
  if (filter.before !== undefined) query = query.where('fact.seq', '<', filter.before)
  const rows = await query.orderBy('fact.seq', 'desc').limit(filter.limit).execute()
  return rows.map(toFact)
}

/** How many facts there are within a scope, whatever page is asked for. */
export async function countFacts(db: Db, scope: Scope, filter: FactFilter): Promise<number> {
  const { total } = await db
    .selectFrom('fact')
    .where(matches(scope, filter))
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return total
}

/** SQL for a fact that a unit may know of. */
export const notForDesks = (): RawBuilder<boolean> => sql<boolean>`fact.kind <> all(${DESK_FACTS}::text[])`

/** SQL for an alert of no single site that came or went: a shared failure, the monitor's line. */
const befell = sql`(fact.site_id is null and fact.alert_id is not null
  and fact.kind in ('alert.opened', 'alert.reopened', 'alert.resolved'))`

function matches(scope: Scope, filter: FactFilter): RawBuilder<boolean> {
  const { siteId, alertId, rectificationId, from, to, district, people } = filter
  const conditions: RawBuilder<unknown>[] = []
  if (scope.kind !== 'city') {
    // As arrays, which the indexes of all parts can be asked for. What concerns places concerns whoever has a site in one,
    // and a district that has none yet by its code.
    conditions.push(sql`(fact.site_id = any(array(select site.id from site where ${within(scope, 'site')}))
      or fact.kind = 'note.written' and fact.district = any(${[...districtsOf(scope)]}::text[])
      or fact.data ? 'everybody'
      or fact.data ? 'places' and (fact.district = any(${[...districtsOf(scope)]}::text[]) or exists (
        select from jsonb_to_recordset(fact.data -> 'places') as place(district text, "unitId" int)
        join site on site.district = place.district and site.unit_id = place."unitId" where ${within(scope, 'site')})))`)
  }
  if (scope.kind === 'unit') conditions.push(notForDesks())
  if (siteId !== undefined) conditions.push(sql`fact.site_id = ${siteId}`)
  if (alertId !== undefined) conditions.push(sql`fact.alert_id = ${alertId}`)
  if (rectificationId !== undefined) conditions.push(sql`fact.rectification_id = ${rectificationId}`)
  if (from !== undefined) conditions.push(sql`fact.at >= ${new Date(from)}`)
  if (to !== undefined) conditions.push(sql`fact.at < ${new Date(to)}`)
  if (district !== undefined) conditions.push(sql`fact.district = ${district}`)
  if (people) conditions.push(sql`(fact.actor_id is not null or ${befell})`)
  return conditions.length === 0 ? sql`true` : sql`${sql.join(conditions, sql` and `)}`
}
