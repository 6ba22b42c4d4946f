import { type RawBuilder, sql } from 'kysely'
import { districtsOf, may, type Principal, type Role } from '../../../shared/people/rights/rights.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Places } from './places.ts'

/** None above its own: whom a district makes accounts for. */
const OF_A_DISTRICT: readonly Role[] = ['district', 'unit', 'viewer']

/** SQL for the district of a unit `unit`. The people of one that was merged into another act for that, and are of where it lies. */
const DISTRICT_OF = sql<string>`coalesce((select stays.district from unit stays where stays.id = unit.merged_into), unit.district)`

/**
 * A condition for the accounts that somebody manages: an administrator all of them; a district those of its own
 * officers and of the units in it, and of nobody who works somewhere else, too.
 * @param table alias of `user_account`
 */
export function managedBy(by: Principal, table: string): RawBuilder<boolean> {
  if (may(by, 'user.manage')) return sql<boolean>`true`
  const districts = [...districtsOf(by.scope)]
  const of = (column: string) => sql.ref(`${table}.${column}`)
  return sql<boolean>`(${of('role')} = any(${[...OF_A_DISTRICT]}::text[])
    and (${of('districts')} <> '{}' or ${of('unit_ids')} <> '{}')
    and ${of('districts')} <@ ${districts}::text[]
    and not exists (select from unit where unit.id = any(${of('unit_ids')})
      and ${DISTRICT_OF} <> all(${districts}::text[])))`
}

/** @throws Refusal not_found, forbidden */
export async function requireManaged(tx: Tx, by: Principal, id: number): Promise<void> {
  const row = await tx
    .selectFrom('user_account as u')
    .select(managedBy(by, 'u').as('managed'))
    .where('u.id', '=', id)
    .executeTakeFirst()
  if (!row) throw new Refusal('not_found', 'accounts.noSuchAccount')
  if (!row.managed) throw notYours()
}

const notYours = () => new Refusal('forbidden', 'accounts.mayManageOnlyAccountsOwn')

/** Whether somebody may make an account such, and make one of it. @throws Refusal forbidden */
export async function refuseUnlessManages(tx: Db, by: Principal, role: Role, places: Places): Promise<void> {
  if (may(by, 'user.manage')) return
  const own = districtsOf(by.scope)
  const isPlaced = places.districts.length + places.unitIds.length > 0
  if (
    OF_A_DISTRICT.includes(role) &&
    isPlaced &&
    places.districts.every((code) => own.includes(code)) &&
    (await areIn(tx, places.unitIds, own))
  ) {
    return
  }
  throw notYours()
}

async function areIn(tx: Db, unitIds: readonly number[], districts: readonly string[]): Promise<boolean> {
  if (unitIds.length === 0) return true
  const units = await tx
    .selectFrom('unit')
    .select(DISTRICT_OF.as('district'))
    .where('id', 'in', unitIds)
    .execute()
  return units.length === unitIds.length && units.every(({ district }) => districts.includes(district))
}
