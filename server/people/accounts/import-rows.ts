import type { NamedPlace } from '../../../shared/base/places.ts'
import { stemOf } from '../../../shared/base/places-rules.ts'
import { cut } from '../../../shared/base/text.ts'
import { LANGUAGES } from '../../../shared/base/words/locales.ts'
import { MOST_IMPORTED } from '../../../shared/people/accounts/accounts-rules.ts'
import { ROLES, type Role } from '../../../shared/people/rights/rights.ts'
import { Refusal } from '../../base/refusal.ts'
import { say } from '../../base/words/say.ts'
import type { SheetLine } from './import-sheet.ts'

/** The columns of a sheet of accounts, by what its header may call them. */
const COLUMNS = {
  username: ['用户名', '账号', '登录名', 'username'],
  name: ['姓名', 'name'],
  role: ['角色', 'role'],
  district: ['区县', '区', '所在区', 'district'],
  unit: ['主管单位', '主办单位', '所在单位', '单位', 'unit'],
  phone: ['办公电话', '电话', '座机', 'phone'],
  mobile: ['手机', '手机号', '手机号码', '移动电话', 'mobile'],
  mail: ['邮箱', '电子邮箱', '电子邮件', 'mail', 'email'],
} as const
export type SheetColumn = keyof typeof COLUMNS
const REQUIRED = ['username', 'name', 'role'] as const satisfies readonly SheetColumn[]
const entries = Object.entries(COLUMNS) as [SheetColumn, readonly string[]][]

/** One account as a sheet has it; '' where nothing is said. */
export interface SheetRow {
  readonly line: number
  readonly cells: Readonly<Record<SheetColumn, string>>
}

/** Of fifty units by name; what is longer is no account's. */
export const MOST_LETTERS = 3000

/** No column is called by so much. */
const MOST_HEADER = 100
/** What is said of columns that are not known; a sheet may have hundreds. */
const MOST_IGNORED = 20
const MOST_SHOWN = 50

/** A title and a remark or two may stand above the header. */
const HEADER_WITHIN = 10

/** @throws Refusal invalid (no header, no rows), too_large (too many rows) */
export function rowsOf(lines: readonly SheetLine[]): { rows: SheetRow[]; ignored: string[] } {
  const at = lines.slice(0, HEADER_WITHIN).findIndex(({ cells }) => missingIn(cells).length === 0)
  const header = lines[at]
  if (!header) throw noHeader(lines[0]?.cells ?? [])
  const places = placesIn(header.cells)
  const body = lines.slice(at + 1)
  if (body.length === 0) throw new Refusal('invalid', 'accounts.noAccounts')
  if (body.length > MOST_IMPORTED) {
    throw new Refusal('too_large', 'accounts.mostAccountsOnce', { values: { mostImported: MOST_IMPORTED } })
  }
  const rows = body.map(({ line, cells }) => {
    const of = (column: SheetColumn) => cells[places.get(column) ?? -1] ?? ''
    // Enough to see that it is too long.
    const read = entries.map(([column]) => [column, cleaned(column, of(column).slice(0, MOST_LETTERS + 1))])
    return { line, cells: Object.fromEntries(read) as Record<SheetColumn, string> }
  })
  const taken = new Set(places.values())
  const ignored = header.cells.filter(
    (name, place) =>
      name.trim() !== '' && !taken.has(place) && body.some(({ cells }) => cells[place]?.trim()),
  )
  return { rows, ignored: ignored.slice(0, MOST_IGNORED).map((name) => cut(name, MOST_SHOWN)) }
}

function placesIn(cells: readonly string[]): Map<SheetColumn, number> {
  const plain = cells.map((cell) =>
    cell
      .slice(0, MOST_HEADER)
      .toLowerCase()
      .replace(/[^\p{L}]/gu, ''),
  )
  return new Map(
    entries.flatMap(([column, names]) => {
      const place = plain.findIndex((cell) => names.includes(cell))
      return place < 0 ? [] : [[column, place] as const]
    }),
  )
}

function missingIn(cells: readonly string[]): (typeof REQUIRED)[number][] {
  const places = placesIn(cells)
  return REQUIRED.filter((column) => !places.has(column))
}

function noHeader(cells: readonly string[]): Refusal {
  const columns = missingIn(cells).map((one) => ({ word: `notices.accountColumn.${one}` }) as const)
  return new Refusal('invalid', 'accounts.headerLacks', { values: { columns } })
}

/** Input methods leave full-width digits and letters; in names of people and units such signs may be meant. */
function cleaned(column: SheetColumn, cell: string): string {
  if (column === 'name' || column === 'unit') return cell
  const plain = cell.normalize('NFKC')
  return column === 'username' ? plain.toLowerCase() : plain
}

/** What a role is called; a sheet may call it so in any language. */
const nameOf = (role: Role) => ({ word: `notices.role.${role}` }) as const

/** The same office where the groups are not districts: of a province's cities, of a county's towns. */
const OFFICE_OF_A_GROUP =
  /^([省市县旗州盟]|地市|区县|镇街|单位)政务办$|^(province|city|county|street or town|unit) office$/

/** @throws Refusal invalid */
export function roleOf(name: string): Role {
  const wanted = name.toLowerCase()
  const role = ROLES.find(
    (one) =>
      one === wanted || LANGUAGES.some((language) => say(nameOf(one), language).toLowerCase() === wanted),
  )
  if (role) return role
  if (OFFICE_OF_A_GROUP.test(wanted)) return 'district'
  throw new Refusal('invalid', 'accounts.roleMustOne', { values: { roles: ROLES.map(nameOf) } })
}

/** What stands in one cell, apart. */
export const several = (cell: string): string[] =>
  cell
    .split(/[、，,;；\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '')

/** The code of a group that is named by it or by its name, with 区 or without. @throws Refusal invalid */
export function districtCode(name: string, districts: readonly NamedPlace[]): string {
  const wanted = name.toLowerCase()
  const names = (one: NamedPlace) => [one.code, one.name, stemOf(one.name), one.nameEn]
  const found = districts.find((one) => names(one).some((called) => called.toLowerCase() === wanted))
  if (found) return found.code
  throw new Refusal('invalid', 'accounts.noSuchDistrict', { values: { name } })
}

/**
 * What somebody must write who means it: an empty cell, be it of merged ones, gives nobody the city, nor does 全区 where
 * the whole is a city.
 * @param names what all of it is called here, in each language
 */
export const isWholeCity = (cell: string, names: readonly string[]): boolean =>
  ['city', 'all', ...names.map((name) => name.toLowerCase())].includes(cell.toLowerCase())
