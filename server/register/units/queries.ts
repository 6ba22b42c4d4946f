import { type RawBuilder, sql } from 'kysely'
import {
  districtsOf,
  may,
  type Principal,
  type Scope,
  unitIdsOf,
} from '../../../shared/people/rights/users.ts'
import type {
  Contact,
  ReachablePerson,
  SiteContacts,
  UnitDetail,
  UnitItem,
} from '../../../shared/register/units/units.ts'
import type { Db } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { nameMatches } from '../../base/search/letters.ts'
import { dutyDesks } from '../../desk/duty/queries.ts'

/** The SQL side of `covers` for units. */
function unitsWithin(scope: Scope): RawBuilder<boolean> {
  if (scope.kind === 'city') return sql<boolean>`true`
  return scope.kind === 'district'
    ? sql<boolean>`unit.district = any(${[...districtsOf(scope)]}::text[])`
    : sql<boolean>`unit.id = any(${[...unitIdsOf(scope)]}::int[])`
}

/** Somebody who can sign in for the unit. */
const hasAccount = sql<boolean>`exists (select from user_account u where u.role = 'unit'
  and u.disabled_at is null and unit.id = any(u.unit_ids))`

export interface UnitFilter {
  readonly q?: string | undefined
  readonly district?: string | undefined
  readonly reach?: 'none' | undefined
  readonly after: number
  readonly limit: number
}

/** Units within a scope by name, `limit` of them after the first `after`. A unit is also found by a site's code. */
export async function listUnits(
  db: Db,
  scope: Scope,
  { q, district, reach, after, limit }: UnitFilter,
): Promise<{ items: UnitItem[]; total: number }> {
  let found = db.selectFrom('unit').where(unitsWithin(scope))
  if (q) {
    const matches = await nameMatches(db, q)
    found = found.where(sql<boolean>`(${matches('unit.name')} or exists (
      select from site where site.unit_id = unit.id and site.code like ${`${q.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`}))`)
  }
  if (district) found = found.where('unit.district', '=', district)
  if (reach) found = found.where(sql<boolean>`not ${hasAccount}`)
  const { total } = await found.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const items = await withCounts(found)
    .orderBy('unit.name')
    .orderBy('unit.id')
    .offset(after)
    .limit(limit)
    .execute()
  return { items, total }
}

/** @throws Refusal not_found, also for what lies outside the scope */
export async function unitDetail(db: Db, who: Principal, id: number): Promise<UnitDetail> {
  const unit = await withCounts(db.selectFrom('unit').where(unitsWithin(who.scope)).where('unit.id', '=', id))
    .select('contacts_version')
    .executeTakeFirst()
  if (!unit) throw new Refusal('not_found', 'common.noSuchUnit')
  return detailOf(db, unit, may(who, 'contact.read'))
}

async function detailOf(
  db: Db,
  { contacts_version, ...unit }: UnitItem & { contacts_version: number },
  isShown: boolean,
): Promise<UnitDetail> {
  return {
    ...unit,
    contactsVersion: contacts_version,
    contacts: isShown ? await contactsOf(db, [unit.id]) : null,
    people: isShown ? await peopleOfUnit(db, unit.id) : null,
  }
}

function withCounts<T extends ReturnType<typeof unitRows>>(rows: T) {
  return rows.select([
    'unit.id',
    'unit.name',
    'unit.district',
    sql<number>`(select count(*)::int from site where site.unit_id = unit.id)`.as('sites'),
    sql<number>`(select count(*)::int from user_account u where u.role = 'unit' and u.disabled_at is null
      and unit.id = any(u.unit_ids))`.as('accounts'),
    sql<number>`(select count(*)::int from unit_contact c where c.unit_id = unit.id)`.as('contacts'),
  ])
}
const unitRows = (db: Db) => db.selectFrom('unit').where(sql<boolean>`true`)

/** The contacts of units, as their pages list them. */
export async function contactsOf(
  db: Db,
  unitIds: readonly number[],
): Promise<(Contact & { unitId: number })[]> {
  return db
    .selectFrom('unit_contact')
    .select(['unit_id as unitId', 'kind', 'name', 'post', 'phone', 'mobile', 'mail'])
    .where('unit_id', 'in', unitIds)
    .orderBy(sql`array_position(array['head', 'contact', 'duty'], kind)`)
    .orderBy('position')
    .execute()
}

const WAYS = ['id', 'name', 'role', 'phone', 'mobile', 'mail'] as const

/** Those who can sign in for a unit. */
export function peopleOfUnit(db: Db, unitId: number): Promise<ReachablePerson[]> {
  return db
    .selectFrom('user_account')
    .select(WAYS)
    .where('role', '=', 'unit')
    .where('disabled_at', 'is', null)
    .where(sql<boolean>`${unitId} = any(unit_ids)`)
    .orderBy('id')
    .execute()
}

async function personById(db: Db, id: number): Promise<ReachablePerson | undefined> {
  return db.selectFrom('user_account').select(WAYS).where('id', '=', id).executeTakeFirst()
}

/** Whom to ring about a site that `who` may see. */
export async function contactsOfSite(
  db: Db,
  site: { id: number; district: string; unitId: number },
  about: { alertId?: number | undefined; rectificationId?: number | undefined },
  now: Date,
): Promise<SiteContacts> {
  const unit = await withCounts(unitRows(db).where('unit.id', '=', site.unitId))
    .select('contacts_version')
    .executeTakeFirstOrThrow()
  const desks = (await dutyDesks(db, now)).filter(
    ({ district }) => district === null || district === site.district,
  )
  const duty = await Promise.all(
    desks.map(async ({ district, now: shift }) => ({
      district,
      person: (shift && (await personById(db, shift.person.id))) ?? null,
    })),
  )
  return {
    unit: await detailOf(db, unit, true),
    // The nearer desk first.
    duty: duty.reverse(),
    lastActor: await lastActor(db, site.id, about),
  }
}

async function lastActor(
  db: Db,
  siteId: number,
  { alertId, rectificationId }: { alertId?: number | undefined; rectificationId?: number | undefined },
): Promise<SiteContacts['lastActor']> {
  if (alertId === undefined && rectificationId === undefined) return null
  const fact = await db
    .selectFrom('fact')
    .select(['fact.actor_id', 'fact.at', 'fact.kind'])
    .where('fact.site_id', '=', siteId)
    .where('fact.actor_id', 'is not', null)
    .where(
      sql<boolean>`(fact.alert_id = ${alertId ?? null}::int or fact.rectification_id = ${rectificationId ?? null}::int)`,
    )
    .orderBy('fact.seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  const who = fact?.actor_id ? await personById(db, fact.actor_id) : undefined
  return fact && who ? { ...who, at: fact.at.toISOString(), kind: fact.kind } : null
}
