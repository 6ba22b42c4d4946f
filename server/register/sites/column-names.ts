import {
  type FieldSet,
  LEDGER_FIELDS,
  type LedgerField,
  NATIONAL,
} from '../../../shared/register/ledger/ledger-rules.ts'

/** What a register says of a site. `portal` is the national register's separate yes or no. */
export const COLUMNS = [
  'code',
  'name',
  'url',
  'level',
  'district',
  'unit',
  'platform',
  'interval',
  'portal',
] as const
export type RegisterColumn = (typeof COLUMNS)[number]

/** The header names that a column may have: the national register's, and English ones. */
const NAMES: Record<RegisterColumn, readonly string[]> = {
  code: ['网站标识码', '标识码', '网站编码', 'code', 'sitecode', 'siteid'],
  name: ['网站名称', '名称', '网站', 'name', 'sitename', 'title'],
  url: [
    'url',
    '首页网址',
    '网址',
    '网站网址',
    '首页地址',
    'url地址',
    '网站地址',
    '域名',
    'address',
    'homepage',
  ],
  level: ['级别', '网站级别', '层级', '行政级别', 'level'],
  district: ['区县', '区', '县', '县区', '市区县', '所属区', '所属区县', '所属地区', '行政区', 'district'],
  unit: [
    '主管单位',
    '网站主管单位',
    '主办单位',
    '单位',
    '填报单位',
    'unit',
    'owner',
    'organisation',
    'organization',
  ],
  platform: ['平台', '所属平台', '集约化平台', '托管平台', 'platform'],
  interval: ['监测间隔', '间隔', '任务队列', '监测频率', 'interval', 'intervals', 'intervalseconds'],
  portal: ['门户', '是否门户', '非门户门户', '0非门户1门户', 'portal', 'isportal'],
}

export const isRegisterColumn = (key: string): key is RegisterColumn =>
  (COLUMNS as readonly string[]).includes(key)

/** A column as a terminal names it: `网站标识码 / code`. */
export function columnLabel(column: string, known: FieldSet = NATIONAL): string {
  const chinese = isRegisterColumn(column)
    ? NAMES[column].find((name) => /\p{Script=Han}/u.test(name))
    : known.of(column)?.label.zh
  return `${chinese} / ${column}`
}

/** Columns by what they may be called; those of the profile have the keys of their fields. */
const NATIONAL_COLUMNS = new Map<string, string>([
  ...named(LEDGER_FIELDS.filter(({ derived }) => !derived)),
  ...COLUMNS.flatMap((column) => NAMES[column].map((name) => [name, column] as const)),
])

/** What the columns of fields may be called. */
export function named(fields: readonly LedgerField[]): (readonly [name: string, key: string])[] {
  return fields.flatMap(({ key, label, headers }) =>
    [label.zh, label.en, key, ...headers].map((name) => [plain(name), key] as const),
  )
}

/** The national column of that name, written plainly. */
export const nationalColumn = (name: string): string | undefined => NATIONAL_COLUMNS.get(name)

/** Letters, digits and characters only, lower case: `URL 地址`, `Site_Code` and `级别(1省 2市)` are written in many ways. */
export function plain(cell: string): string {
  return cell.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}
