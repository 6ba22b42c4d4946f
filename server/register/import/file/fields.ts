import { INTERVAL_S } from '../../../../shared/register/ledger/ledger-rules.ts'
import { LEVELS, type Level } from '../../../../shared/register/sites/sites.ts'
import type { Reason, ReasonWithValues, Values } from '../../../base/words/refusals.ts'

/** What is wrong with a row, and with which of its cells; null where it is the row itself. */
export class BadCell extends Error implements ReasonWithValues {
  readonly column: string | null
  readonly reason: Reason
  readonly values: Values

  constructor(column: string | null, reason: Reason, values: Values = {}) {
    super(reason)
    this.column = column
    this.reason = reason
    this.values = values
  }
}

const LEVEL_NAMES = new Map<string, Level>(
  Object.entries({
    国家门户: 'nation_portal',
    部委: 'nation_department',
    国务院部门: 'nation_department',
    省门户: 'province_portal',
    省级门户: 'province_portal',
    省政府门户: 'province_portal',
    省直部门: 'province_department',
    省级部门: 'province_department',
    省直单位: 'province_department',
    市门户: 'city_portal',
    市级门户: 'city_portal',
    市政府门户: 'city_portal',
    市直部门: 'city_department',
    市级部门: 'city_department',
    市部门: 'city_department',
    市直单位: 'city_department',
    区门户: 'district_portal',
    区级门户: 'district_portal',
    区县门户: 'district_portal',
    区政府门户: 'district_portal',
    区直部门: 'district_department',
    区级部门: 'district_department',
    区部门: 'district_department',
    区县部门: 'district_department',
    街道: 'street',
    街: 'street',
    镇: 'town',
    乡镇: 'town',
    镇街: 'street',
  }),
)

/** A level as a register says it in Chinese. */
export const levelName = (level: Level): string =>
  [...LEVEL_NAMES].find(([, known]) => known === level)?.[0] ?? level

/** Levels that say only whose: the nation's, a province's, a city's or a district's. The rest must come from elsewhere. */
const TIERS = new Map<string, Tier>(
  Object.entries({
    '0': 'nation',
    国家: 'nation',
    国家级: 'nation',
    部: 'nation',
    '1': 'province',
    省: 'province',
    省级: 'province',
    '1省': 'province',
    province: 'province',
    '2': 'city',
    市: 'city',
    市级: 'city',
    '2市': 'city',
    city: 'city',
    '3': 'district',
    县: 'district',
    区: 'district',
    区县: 'district',
    县级: 'district',
    区级: 'district',
    区县级: 'district',
    '3县': 'district',
    district: 'district',
    county: 'district',
  }),
)
export type Tier = 'nation' | 'province' | 'city' | 'district' | 'street'

/** What a register says of the level: exactly, or only whose. */
export interface GivenLevel {
  readonly tier: Tier
  readonly exact: Level | null
}

/** @throws BadCell */
export function readLevel(cell: string): GivenLevel | null {
  if (cell === '') return null
  const word = cell.toLowerCase().replace(/[\s_-]+/g, '_')
  const exact = LEVELS.find((known) => known === word) ?? LEVEL_NAMES.get(cell)
  if (exact) return { exact, tier: tierOfLevel(exact) }
  const tier = TIERS.get(word)
  if (!tier) throw new BadCell('level', 'imports.notLevel', { cell })
  return { exact: null, tier }
}

function tierOfLevel(level: Level): Tier {
  if (level === 'town') return 'street'
  const [tier] = level.split('_')
  return tier as Tier
}

/** Null where nothing is said. @throws BadCell */
export function readPortal(cell: string): boolean | null {
  if (cell === '') return null
  if (/^(1|是|y|yes|true|门户)$/i.test(cell)) return true
  if (/^(0|否|n|no|false|非门户)$/i.test(cell)) return false
  throw new BadCell('portal', 'imports.notYesNo', { cell })
}

/** The address of a home page, as the address parser writes it. @throws BadCell */
export function readUrl(cell: string): string {
  const isWeb = /^https?:\/\//i.test(cell)
  if (!isWeb || !URL.canParse(cell)) {
    throw new BadCell('url', 'imports.notAddress', { cell })
  }
  const url = new URL(cell)
  if (url.username || url.password) throw new BadCell('url', 'imports.addressHoldsPassword')
  url.hash = ''
  return url.href
}

const UNITS = new Map<string, number>(
  Object.entries({
    '': 1,
    s: 1,
    sec: 1,
    秒: 1,
    m: 60,
    min: 60,
    分: 60,
    分钟: 60,
    h: 3600,
    小时: 3600,
  }),
)

/** Seconds between visits: a number, or one with a unit (`5min`, `5分钟`). Empty: the configured one. @throws BadCell */
export function readInterval(cell: string): number | null {
  if (cell === '') return null
  const [, digits = '', unit = ''] = /^(\d{1,6}) *(\p{L}*)$/u.exec(cell) ?? []
  const seconds = Number(digits) * (UNITS.get(unit.toLowerCase()) ?? Number.NaN)
  if (digits !== '' && seconds >= INTERVAL_S.min && seconds <= INTERVAL_S.max) return seconds
  throw new BadCell('interval', 'imports.notInterval', { cell, ...INTERVAL_S })
}
