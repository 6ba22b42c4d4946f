import iconv from 'iconv-lite'
import type { DivisionTree } from '../../../server/register/divisions/tree.ts'
import type { Division } from '../../../shared/register/divisions/divisions.ts'

/** One line of a made-up register. */
export interface RegisterLine {
  readonly code: string
  readonly name: string
  readonly url: string
  readonly unit: string
  /** What the column of districts says; empty where the code is to say it. */
  readonly place?: string
}

export const REGISTER_HEADER = '网站标识码,网站名称,首页网址,区县,主管单位'

/** As offices save it from a spreadsheet program, in GBK. */
export function registerFile(lines: readonly RegisterLine[], encoding = 'gbk'): Buffer {
  const rows = lines.map(({ code, name, url, unit, place = '' }) => [code, name, url, place, unit].join(','))
  return iconv.encode([REGISTER_HEADER, ...rows].join('\r\n'), encoding)
}

/** `count` sites of one division: its portal first, then its streets and towns, then offices. */
export function sitesOf(tree: DivisionTree, division: Division, count: number, prefix = ''): RegisterLine[] {
  const name = `${prefix}${division.name}`
  const streets = tree.parts(division.code).filter(({ level }) => level === 'street')
  const owners = [
    `${name}人民政府`,
    ...streets.map((street) => `${name}${street.name}${/镇|乡/.test(street.name) ? '人民政府' : '办事处'}`),
  ]
  return Array.from({ length: count }, (_, index) => {
    const unit = owners[index] ?? `${name}第${index + 1 - owners.length}局`
    return line(division.code, index + 1, index === 0 ? `${name}人民政府门户网站` : unit, unit)
  })
}

/** A city's own sites: its portal and departments. */
export function ownSitesOf(division: Division, count: number): RegisterLine[] {
  return Array.from({ length: count }, (_, index) => {
    const unit = index === 0 ? `${division.name}人民政府办公室` : `${division.name}第${index}局`
    return line(division.code, index + 1, index === 0 ? `${division.name}人民政府门户网站` : unit, unit)
  })
}

function line(division: string, serial: number, name: string, unit: string): RegisterLine {
  const code = `${division}${String(serial).padStart(10 - division.length, '0')}`
  return { code, name, url: `http://s${code}.gov.cn/`, unit }
}

/** Foshan's 300 sites: its portal and 49 departments, and five districts of 50 or so, by codes as they are given. */
export function foshan(tree: DivisionTree): RegisterLine[] {
  const city = tree.get('440600')
  if (!city) throw new Error('there is no Foshan')
  const counts = [60, 60, 50, 45, 35]
  return [
    ...ownSitesOf(city, 50),
    ...tree.parts(city.code).flatMap((district, at) => sitesOf(tree, district, counts[at] ?? 0, '佛山市')),
  ]
}
