import { ownGroupCode } from '../../../shared/register/divisions/divisions-rules.ts'
import type { Level } from '../../../shared/register/sites/sites.ts'
import { chance, choose, mix } from './random.ts'
import { streetsOf } from './streets.ts'
import { departments, offices } from './units.ts'

/** A site of the demonstration register. Street and town names are real; sites, codes and hosts are made up. */
export interface DemoSite {
  /** 10 digits: division code and serial. */
  readonly code: string
  readonly name: string
  readonly level: Level
  readonly district: string
  readonly division: string
  /** The unit that owns the site. */
  readonly unit: string
  /** The hosting platform that it shares with others; null when it runs on a server of its own. */
  readonly platform: string | null
  readonly scheme: 'http' | 'https'
  readonly host: string
}

/** Guangzhou. */
export const DEMO_CITY = '440100'
const PORTAL = ownGroupCode(DEMO_CITY, 'portal')
const DEPARTMENTS = ownGroupCode(DEMO_CITY, 'dept')

type Draft = Pick<DemoSite, 'name' | 'level' | 'unit'> & { label: string }

/**
 * Name, label and number of sites of each district. Tianhe's 65 and Yuexiu's 5 are the press report's of 2015; how
 * the other 474 are split is made up.
 */
const DISTRICT_SITES: readonly (readonly [code: string, name: string, label: string, sites: number])[] = [
  ['440103', '荔湾区', 'liwan', 49],
  ['440104', '越秀区', 'yuexiu', 5],
  ['440105', '海珠区', 'haizhu', 54],
  ['440106', '天河区', 'tianhe', 65],
  ['440111', '白云区', 'baiyun', 63],
  ['440112', '黄埔区', 'huangpu', 57],
  ['440113', '番禺区', 'panyu', 60],
  ['440114', '花都区', 'huadu', 51],
  ['440115', '南沙区', 'nansha', 43],
  ['440117', '从化区', 'conghua', 45],
  ['440118', '增城区', 'zengcheng', 52],
]

/** In 2015 most government sites were still plain HTTP; three in ten keeps both ways exercised. */
const HTTPS_SHARE = 0.3

/** The 640 sites: the city portal, 95 municipal departments, then the districts. The same list every time. */
export function demoRegister(): DemoSite[] {
  return [
    ...numbered(DEMO_CITY, PORTAL, [portal()]),
    ...numbered(DEMO_CITY, DEPARTMENTS, departmentDrafts(), 2),
    ...DISTRICT_SITES.flatMap(([code, name, label, count]) =>
      numbered(code, code, districtDrafts(code, name, label, count)),
    ),
  ]
}

function numbered(division: string, district: string, drafts: Draft[], first = 1): DemoSite[] {
  return drafts.map(({ label, ...draft }, index) => {
    const code = `${division}${String(first + index).padStart(4, '0')}`
    const number = Number(code)
    return {
      code,
      ...draft,
      district,
      division,
      platform: platformOf(district, draft.level, number),
      scheme: chance(number, mix(1)) < HTTPS_SHARE ? 'https' : 'http',
      host: `${label}.localhost`,
    }
  })
}

function portal(): Draft {
  return { name: '广州市人民政府门户网站', level: 'city_portal', unit: '广州市人民政府办公厅', label: 'gz' }
}

function departmentDrafts(): Draft[] {
  return departments.map(({ name, label }) => ({
    name: `广州市${name}`,
    level: 'city_department',
    unit: `广州市${name}`,
    label: `gz-${label}`,
  }))
}

/** The district's portal, its streets and towns, and as many of its offices as make up the number. */
function districtDrafts(district: string, name: string, label: string, count: number): Draft[] {
  const home: Draft = {
    name: `广州市${name}人民政府门户网站`,
    level: 'district_portal',
    unit: `${name}人民政府办公室`,
    label,
  }
  // Yuexiu's five are its portal and four offices: its streets are columns on the district's platform.
  const local = count > 10 ? localDrafts(district, name, label) : []
  const drafts = [home, ...local]
  return [...drafts, ...officeDrafts(name, label, count - drafts.length)]
}

function localDrafts(district: string, name: string, label: string): Draft[] {
  return streetsOf(district).map((street) => {
    const isTown = street.name.endsWith('镇')
    const office = `${name}${street.name}${isTown ? '人民政府' : '办事处'}`
    return {
      name: office,
      level: isTown ? 'town' : 'street',
      unit: office,
      label: `${label}-${street.label}`,
    }
  })
}

function officeDrafts(name: string, label: string, count: number): Draft[] {
  return offices.slice(0, count).map((office) => {
    const owner = offices.find((other) => other.label === office.owner) ?? office
    return {
      name: `${name}${office.name}`,
      level: 'district_department',
      unit: `${name}${owner.name}`,
      label: `${label}-${office.label}`,
    }
  })
}

/** Streets and towns are the most consolidated (集约化), portals stand alone. */
function platformOf(district: string, level: Level, number: number): string | null {
  if (level === 'city_portal' || level === 'district_portal') return null
  const isLocal = level === 'street' || level === 'town'
  if (chance(number, mix(2)) > (isLocal ? 0.9 : 0.6)) return null
  if (district === DEPARTMENTS) {
    return `广州市电子政务云${['一', '二', '三'][choose(3, number, mix(3))]}区`
  }
  const [, name] = DISTRICT_SITES.find(([code]) => code === district) ?? []
  return isLocal || chance(number, mix(3)) < 0.4 ? `${name}政府网站集群` : `${name}政务信息中心`
}
