import type { Language } from '../../base/language.ts'
import type { AreaPlace } from './divisions.ts'

/** What words speak of an installation's place by: a province's groups are cities, a county's are streets. */
export interface PlaceWords {
  /** All of it: 全市. */
  readonly whole: string
  /** One of its groups, as in 所在区; the same in a heading; several. */
  readonly part: string
  readonly group: string
  readonly groups: string
}

type Tier = AreaPlace['tier']
const words = (whole: string, part: string, group: string, groups = `各${part}`): PlaceWords => ({
  whole,
  part,
  group,
  groups,
})

const ZH: Partial<Record<Tier, PlaceWords>> = {
  nation: words('全国', '省', '省份'),
  province: words('全省', '市', '地市'),
  city: words('全市', '区', '区县'),
  district: words('全县', '镇街', '镇街'),
}
const EN: Partial<Record<Tier, PlaceWords>> = {
  nation: words('Whole country', 'Province', 'Province', 'Provinces'),
  province: words('Whole province', 'City', 'City', 'Cities'),
  city: words('Whole city', 'District', 'District', 'Districts'),
  district: words('Whole county', 'Street or town', 'Street or town', 'Streets and towns'),
}
/** Of a street, a ministry or a group that an office made: what lies in it has no name of its own. */
const OTHER: Readonly<Record<Language, PlaceWords>> = {
  zh: words('全部', '单位', '单位'),
  en: words('All', 'Unit', 'Unit', 'Units'),
}

/** An autonomous region is 全区 to its people, a district too; a county is one in English only if it is called so. */
function wholeOf(
  { name, tier }: Pick<AreaPlace, 'name' | 'tier'>,
  language: Language,
  usual: string,
): string {
  if (tier !== 'province' && tier !== 'district') return usual
  const last = /[省区县市旗州盟]$/.exec(name)?.[0]
  if (last === undefined) return usual
  if (language === 'zh') return `全${last}`
  if (tier === 'province') return last === '区' ? 'Whole region' : usual
  return last === '县' ? usual : 'Whole district'
}

/** The words for a place; without one, a city's. */
export function placeWords(area: Pick<AreaPlace, 'name' | 'tier'> | null, language: Language): PlaceWords {
  const tier = area?.tier ?? 'city'
  const found = (language === 'zh' ? ZH : EN)[tier] ?? OTHER[language]
  return area ? { ...found, whole: wholeOf(area, language, found.whole) } : found
}
