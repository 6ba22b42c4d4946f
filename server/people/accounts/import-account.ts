import { sql } from 'kysely'
import { groupBy } from '../../../shared/base/lists/group.ts'
import type { NamedPlace } from '../../../shared/base/places.ts'
import { type NewUser, newUser } from '../../../shared/people/rights/rights.ts'
import type { Tx } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { districtCode, isWholeCity, MOST_LETTERS, roleOf, type SheetRow, several } from './import-rows.ts'

/** A unit that a sheet names. */
export interface NamedUnit {
  readonly id: number
  readonly name: string
  readonly district: string
}

/** What a sheet may name. */
export interface SheetPlaces {
  readonly units: ReadonlyMap<string, readonly NamedUnit[]>
  readonly districts: readonly NamedPlace[]
  /** What all of them together are called, in each language. */
  readonly whole: readonly string[]
}

/** All groups of sites that there are. */
export function districtsKnown(tx: Tx): Promise<NamedPlace[]> {
  return tx.selectFrom('district').select(['code', 'name', 'name_en as nameEn']).execute()
}

/** All units that the rows name, by name. */
export async function unitsNamed(tx: Tx, rows: readonly SheetRow[]): Promise<Map<string, NamedUnit[]>> {
  const units = rows.map(({ cells }) => cells.unit).filter((cell) => cell.length <= MOST_LETTERS)
  const names = [...new Set(units.flatMap(several))]
  if (names.length === 0) return new Map()
  const found = await tx
    .selectFrom('unit')
    .select(['id', 'name', 'district'])
    .where('name', '=', sql<string>`any(${names}::text[])`)
    .execute()
  return groupBy(found, ({ name }) => name)
}

/** The account that a row describes; what its cells leave empty stays as it is. @throws Refusal invalid */
export function accountOf({ cells }: SheetRow, places: SheetPlaces): NewUser {
  refuseBroken(Object.values(cells))
  const { username, name, phone, mobile, mail } = cells
  const role = roleOf(cells.role)
  const parsed = newUser.safeParse({
    username,
    name,
    role,
    ...placeOf(cells, role, places),
    ...(phone && { phone }),
    ...(mobile && { mobile }),
    ...(mail && { mail }),
  })
  if (parsed.success) return parsed.data
  const at = FIELDS.find((field) => field === parsed.error.issues[0]?.path[0])
  throw new Refusal('invalid', `accounts.fault.${at ?? 'misplaced'}`)
}

/** Fields whose fault has words of its own. */
const FIELDS = [
  'username',
  'name',
  'district',
  'unitId',
  'moreDistricts',
  'moreUnitIds',
  'phone',
  'mobile',
  'mail',
] as const

/** @throws Refusal invalid */
function refuseBroken(cells: readonly string[]): void {
  if (cells.some((cell) => cell.includes('\uFFFD'))) {
    throw new Refusal('invalid', 'accounts.holdsBrokenCharacters')
  }
  if (cells.some((cell) => cell.length > MOST_LETTERS)) {
    throw new Refusal('invalid', 'accounts.cellLong')
  }
  if (cells.some((cell) => /(?!\n)\p{Cc}/u.test(cell))) {
    throw new Refusal('invalid', 'accounts.cellHoldsControlCharacters')
  }
}

function placeOf(
  cells: SheetRow['cells'],
  role: NewUser['role'],
  { units, districts: known, whole }: SheetPlaces,
): Partial<NewUser> {
  const named = several(cells.district)
  const districts = named.filter((one) => !isWholeCity(one, whole)).map((one) => districtCode(one, known))
  const unitIds = several(cells.unit).map((name) => unitIdOf(name, districts, units))
  const [unitId, ...moreUnitIds] = unitIds
  // The district beside a unit only tells which of that name is meant.
  if (unitId !== undefined) return { unitId, moreUnitIds }
  const [district, ...moreDistricts] = districts
  if (district !== undefined) return { district, moreDistricts }
  if (role === 'viewer' && named.length === 0) {
    throw new Refusal('invalid', 'accounts.viewerNeedsDistrict')
  }
  return {}
}

function unitIdOf(
  name: string,
  districts: readonly string[],
  units: ReadonlyMap<string, readonly NamedUnit[]>,
): number {
  const called = units.get(name) ?? []
  const found = districts.length > 0 ? called.filter((one) => districts.includes(one.district)) : called
  const [only] = found
  if (!only) throw new Refusal('invalid', 'accounts.noSuchUnit', { values: { name } })
  if (found.length > 1) {
    throw new Refusal('invalid', 'accounts.severalUnitsCalled', { values: { name } })
  }
  return only.id
}
