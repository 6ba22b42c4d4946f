/** A group of sites on the wall: one of Guangzhou's 11 districts, the municipal departments or the city portal. */
export interface District {
  /** GB/T 2260 code, or `4401-portal` and `4401-dept` for what belongs to the city itself. */
  readonly code: string
  readonly name: string
  readonly nameEn: string
}

export const PORTAL_DISTRICT = '4401-portal'
export const DEPARTMENTS_DISTRICT = '4401-dept'

/** In the order of the wall: the city's own sites, then the districts as the administration lists them. */
export const DISTRICTS: readonly District[] = [
  { code: PORTAL_DISTRICT, name: '市门户', nameEn: 'City portal' },
  { code: DEPARTMENTS_DISTRICT, name: '市直部门', nameEn: 'Municipal departments' },
  { code: '440103', name: '荔湾区', nameEn: 'Liwan' },
  { code: '440104', name: '越秀区', nameEn: 'Yuexiu' },
  { code: '440105', name: '海珠区', nameEn: 'Haizhu' },
  { code: '440106', name: '天河区', nameEn: 'Tianhe' },
  { code: '440111', name: '白云区', nameEn: 'Baiyun' },
  { code: '440112', name: '黄埔区', nameEn: 'Huangpu' },
  { code: '440113', name: '番禺区', nameEn: 'Panyu' },
  { code: '440114', name: '花都区', nameEn: 'Huadu' },
  { code: '440115', name: '南沙区', nameEn: 'Nansha' },
  { code: '440117', name: '从化区', nameEn: 'Conghua' },
  { code: '440118', name: '增城区', nameEn: 'Zengcheng' },
]

const byCode = new Map(DISTRICTS.map((district) => [district.code, district]))

/** Chinese name of a district; the code itself where it is none of ours (another city's register). */
export function districtName(code: string): string {
  return byCode.get(code)?.name ?? code
}
