import { type NewUser, newUser } from '../../../shared/people/rights/users.ts'
import type { Tx } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { districtCode, isWholeCity, roleOf, type SheetRow, several } from './import-rows.ts'

/** A unit that a sheet names. */
export interface NamedUnit {
  readonly id: number
  readonly name: string
  readonly district: string
}

/** All units that the rows name, by name. */
export async function unitsNamed(tx: Tx, rows: readonly SheetRow[]): Promise<Map<string, NamedUnit[]>> {
  const names = [...new Set(rows.flatMap(({ cells }) => several(cells.unit)))]
  if (names.length === 0) return new Map()
  const units = await tx
    .selectFrom('unit')
    .select(['id', 'name', 'district'])
    .where('name', 'in', names)
    .execute()
  const byName = new Map<string, NamedUnit[]>()
  for (const unit of units) byName.set(unit.name, [...(byName.get(unit.name) ?? []), unit])
  return byName
}

/** The account that a row describes; what its cells leave empty stays as it is. @throws Refusal invalid */
export function accountOf({ cells }: SheetRow, units: ReadonlyMap<string, readonly NamedUnit[]>): NewUser {
  refuseBroken(Object.values(cells))
  const { username, name, phone, mobile, mail } = cells
  const role = roleOf(cells.role)
  const parsed = newUser.safeParse({
    username,
    name,
    role,
    ...placeOf(cells, role, units),
    ...(phone && { phone }),
    ...(mobile && { mobile }),
    ...(mail && { mail }),
  })
  if (parsed.success) return parsed.data
  const at = String(parsed.error.issues[0]?.path[0])
  throw new Refusal('invalid', FAULTS.get(at) ?? MISPLACED)
}

const MISPLACED = '此角色不能限于这个区县或单位。This role is not limited to that district or unit.'
/** By the field. */
const FAULTS: ReadonlyMap<string, string> = new Map([
  [
    'username',
    '用户名须为 2 至 50 位小写字母、数字、点、横线或下划线。A username has 2 to 50 letters, digits, dots, hyphens or underscores.',
  ],
  ['name', '姓名须为 1 至 50 个字。A name has 1 to 50 characters.'],
  ['district', '区政务办的账号须填写区县。An account of a district office needs its district.'],
  ['unitId', '主办单位的账号须填写主管单位。An account of a site owner needs its unit.'],
  ['moreDistricts', '区县太多。There are too many districts.'],
  ['moreUnitIds', '单位太多。There are too many units.'],
  ['phone', '办公电话有误。The phone is no telephone number.'],
  ['mobile', '手机有误。The mobile is no telephone number.'],
  ['mail', '邮箱有误。The mail is no address.'],
])

/** Of fifty units by name; what is longer is no account's. */
const MOST_LETTERS = 3000

/** @throws Refusal invalid */
function refuseBroken(cells: readonly string[]): void {
  if (cells.some((cell) => cell.includes('\uFFFD'))) {
    throw new Refusal(
      'invalid',
      '有乱码，请检查文件编码。It holds broken characters: see how the file was saved.',
    )
  }
  if (cells.some((cell) => cell.length > MOST_LETTERS)) {
    throw new Refusal('invalid', '单元格内容太长。A cell is too long.')
  }
  if (cells.some((cell) => /(?!\n)\p{Cc}/u.test(cell))) {
    throw new Refusal('invalid', '单元格中有控制字符。A cell holds control characters.')
  }
}

function placeOf(
  cells: SheetRow['cells'],
  role: NewUser['role'],
  units: ReadonlyMap<string, readonly NamedUnit[]>,
): Partial<NewUser> {
  const named = several(cells.district)
  const districts = named.filter((one) => !isWholeCity(one)).map(districtCode)
  const unitIds = several(cells.unit).map((name) => unitIdOf(name, districts, units))
  const [unitId, ...moreUnitIds] = unitIds
  // The district beside a unit only tells which of that name is meant.
  if (unitId !== undefined) return { unitId, moreUnitIds }
  const [district, ...moreDistricts] = districts
  if (district !== undefined) return { district, moreDistricts }
  if (role === 'viewer' && named.length === 0) {
    throw new Refusal(
      'invalid',
      '只读账号须填写区县、主管单位或“全市”。A viewer needs a district, a unit or “city”.',
    )
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
  if (!only) throw new Refusal('invalid', `没有这个单位：${name}。There is no such unit: ${name}.`)
  if (found.length > 1) {
    throw new Refusal(
      'invalid',
      `有几个单位都叫 ${name}，请填写区县。Several units are called ${name}: name the district.`,
    )
  }
  return only.id
}
