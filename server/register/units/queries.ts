import { type RawBuilder, sql } from 'kysely'
import {
  districtsOf,
  may,
  type Principal,
  type Scope,
  unitIdsOf,
} from '../../../shared/people/rights/rights.ts'
import type { Contact, ReachablePerson, UnitDetail, UnitItem } from '../../../shared/register/units/units.ts'
import type { Db } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { patternOf, spelledLike } from '../../base/search/letters.ts'

/** The SQL side of `covers` for units. */
export function unitsWithin(scope: Scope): RawBuilder<boolean> {
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
  if (q) found = found.where(await unitNamed(db, q))
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

/** By a part of its name, its pinyin, or the beginning of a site's code. */
export async function unitNamed(db: Db, q: string): Promise<RawBuilder<boolean>> {
  const spelled = await spelledLike(db, q)
  const byCode = MAY_BE_CODE.test(q)
    ? sql`or exists (select from site where site.unit_id = unit.id and site.code like ${`${q.toLowerCase()}%`})`
    : sql``
  return sql<boolean>`(unit.searched like ${patternOf(q.toLowerCase())}
    ${spelled ? sql`or ${spelled('unit.name')}` : sql``} ${byCode})`
}
const MAY_BE_CODE = /^(?:bm)?\d+$/i

/** @throws Refusal not_found, also for what lies outside the scope */
export async function unitDetail(db: Db, who: Principal, id: number): Promise<UnitDetail> {
  const unit = await withCounts(db.selectFrom('unit').where(unitsWithin(who.scope)).where('unit.id', '=', id))
    .select('contacts_version')
    .executeTakeFirst()
  if (!unit) throw new Refusal('not_found', 'common.noSuchUnit')
  return detailOf(db, unit, may(who, 'contact.read'))
}

export async function detailOf(
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

export function withCounts<T extends ReturnType<typeof unitRows>>(rows: T) {
  return rows.select([
    'unit.id',
    'unit.name',
    'unit.district',
    sql<number>`(select count(*)::int from site where site.unit_id = unit.id)`.as('sites'),
    sql<number>`(select count(*)::int from user_account u where u.role = 'unit' and u.disabled_at is null
      and unit.id = any(u.unit_ids))`.as('accounts'),
    sql<number>`(select count(*)::int from unit_contact c where c.unit_id = unit.id)`.as('contacts'),
    sql<UnitItem['mergedInto']>`(select jsonb_build_object('id', into_unit.id, 'name', into_unit.name)
      from unit into_unit where into_unit.id = unit.merged_into)`.as('mergedInto'),
  ])
}
export const unitRows = (db: Db) => db.selectFrom('unit').where(sql<boolean>`true`)

/** The contacts of units, as their pages list them. */
export async function contactsOf(
  db: Db,
  unitIds: readonly number[],
): Promise<(Contact & { unitId: number })[]> {
  return db
    .selectFrom('unit_contact')
    .select(['unit_id as unitId', 'kind', 'name', 'post', 'phone', 'mobile', 'mail'])
    .where(sql<boolean>`unit_id = any(${unitIds}::int[])`)
    .orderBy(sql`array_position(array['head', 'contact', 'duty'], kind)`)
    .orderBy('position')
    .execute()
}

export const WAYS = ['id', 'name', 'role', 'phone', 'mobile', 'mail'] as const

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
