import { DEPARTMENTS_DISTRICT, DISTRICTS, PORTAL_DISTRICT } from '../../../shared/register/sites/districts.ts'
import { LEVELS, type Level } from '../../../shared/register/sites/sites.ts'

/** What is wrong with a cell, as the end of a sentence that begins with the column's name. */
export class BadCell extends Error {}

const LEVEL_NAMES: Record<string, Level> = {
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
}

/** Levels that say only whose: the city's or a district's. The rest must come from elsewhere. */
const TIERS: Record<string, 'city' | 'district'> = {
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
}

/** Words for "the city itself" in a district column. */
const CITY = new Set([
  '4401',
  '440100',
  '广州',
  '广州市',
  '市',
  '市级',
  '市本级',
  '市直',
  'city',
  'guangzhou',
])

const districts = new Map(
  DISTRICTS.flatMap(({ code, name, nameEn }) =>
    [code, name, name.replace(/区$/, ''), `广州市${name}`, nameEn, `${nameEn} district`].map(
      (word) => [word.toLowerCase(), code] as const,
    ),
  ),
)

export interface Place {
  district: string
  level: Level
}

export interface PlaceCells {
  code: string
  name: string
  district: string
  level: string
  portal: string
}

/**
 * Where a site belongs and of which level it is. What is left out is derived: the district from the code's
 * first six digits, the level from the district, the portal mark and the site's name.
 * @throws BadCell
 */
export function readPlace(cells: PlaceCells): Place {
  const given = readLevel(cells.level)
  const where = readDistrict(cells, given)
  const isCity = !/^\d+$/.test(where)
  if (given && isCity !== isOfCity(given)) {
    throw new BadCell(`级别 / level: "${cells.level}" does not fit the district "${cells.district || where}"`)
  }
  const isExact = given !== undefined && given !== 'city' && given !== 'district'
  if (!isCity) return { district: where, level: isExact ? given : localLevel(cells) }
  const isPortal = isExact ? given === 'city_portal' : where === PORTAL_DISTRICT || readPortal(cells)
  return isPortal
    ? { district: PORTAL_DISTRICT, level: 'city_portal' }
    : { district: DEPARTMENTS_DISTRICT, level: 'city_department' }
}

function readLevel(cell: string): Level | 'city' | 'district' | undefined {
  if (cell === '') return undefined
  const word = cell.toLowerCase().replace(/[\s_-]+/g, '_')
  const level = LEVELS.find((known) => known === word) ?? LEVEL_NAMES[cell] ?? TIERS[word]
  if (!level) throw new BadCell(`级别 / level: "${cell}" is not a level of a city's register`)
  return level
}

function isOfCity(level: Level | 'city' | 'district'): boolean {
  return level === 'city' || level === 'city_portal' || level === 'city_department'
}

/** A district's code, one of the city's two groups, or `city` where the level decides between those. */
function readDistrict({ district: cell, code }: PlaceCells, level: Level | 'city' | 'district' | undefined) {
  const word = cell.toLowerCase()
  const named = CITY.has(word) ? 'city' : districts.get(word)
  if (named) return named
  if (cell !== '') throw new BadCell(`区县 / district: "${cell}" is not known`)
  if (level && isOfCity(level)) return 'city'
  const division = code.slice(0, 6)
  if (division === '440100') return 'city'
  if (districts.has(division)) return division
  throw new BadCell('区县 / district: is empty and does not follow from the code')
}

function readPortal({ portal, name }: PlaceCells): boolean {
  if (portal === '') return name.includes('门户')
  if (/^(1|是|y|yes|true|门户)$/i.test(portal)) return true
  if (/^(0|否|n|no|false|非门户)$/i.test(portal)) return false
  throw new BadCell(`是否门户 / portal: "${portal}" is neither 1 nor 0`)
}

function localLevel(cells: PlaceCells): Level {
  if (/街(道|办|$)/.test(cells.name)) return 'street'
  if (/[镇乡](人民政府|政府|门户|网|$)/.test(cells.name)) return 'town'
  return readPortal(cells) ? 'district_portal' : 'district_department'
}

/** The address of a home page, as the address parser writes it. @throws BadCell */
export function readUrl(cell: string): string {
  const isWeb = /^https?:\/\//i.test(cell)
  if (!isWeb || !URL.canParse(cell)) {
    throw new BadCell(`首页网址 / url: "${cell}" is not an address that begins with http:// or https://`)
  }
  const url = new URL(cell)
  if (url.username || url.password) throw new BadCell('首页网址 / url: must not hold a user name or password')
  url.hash = ''
  return url.href
}

const UNITS: Record<string, number> = {
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
}
/** The rules ask for 20 visits a day; an hour leaves a few to spare. */
const INTERVAL_S = { min: 5, max: 3_600 }

/** Seconds between visits: a number, or one with a unit (`5min`, `5分钟`). Empty: the configured one. @throws BadCell */
export function readInterval(cell: string): number | null {
  if (cell === '') return null
  const [, digits = '', unit = ''] = /^(\d{1,6}) *(\p{L}*)$/u.exec(cell) ?? []
  const seconds = Number(digits) * (UNITS[unit.toLowerCase()] ?? Number.NaN)
  if (digits !== '' && seconds >= INTERVAL_S.min && seconds <= INTERVAL_S.max) return seconds
  throw new BadCell(
    `监测间隔 / interval: "${cell}" is not between ${INTERVAL_S.min} and ${INTERVAL_S.max} seconds`,
  )
}
