import type { Language } from '../../base/words/locales.ts'
import en from '../../locales/en/places.json'
import zh from '../../locales/zh-CN/places.json'
import type { AreaPlace, Division } from './divisions.ts'
import type { OwnGroup } from './divisions-rules.ts'
import { tierOf } from './divisions-rules.ts'

/** What words speak of an installation's place by: a province's groups are cities, a county's are streets. */
export interface PlaceWords {
  /** All of it: 全市. */
  readonly whole: string
  /** One of its groups, as in 所在区; the same in a heading; several. */
  readonly part: string
  readonly group: string
  readonly groups: string
}

const WORDS: Readonly<Record<Language, typeof zh.places>> = { zh: zh.places, en: en.places }

/** What a tier of the administration has in a language; a ministry, a street or a group that an office made has other words. */
const ofTier = <T>(words: Readonly<Record<'other', T>>, tier: string): T =>
  (words as Readonly<Record<string, T>>)[tier] ?? words.other

/** An autonomous region is 全区 to its people, a district too; a county is one in English only if it is called so. */
function wholeOf({ name, tier }: Pick<AreaPlace, 'name' | 'tier'>, language: Language): string | undefined {
  const { whole } = WORDS[language]
  if (tier !== 'province' && tier !== 'district') return undefined
  return (whole[tier] as Readonly<Record<string, string>>)[name.at(-1) ?? '']
}

/** The words for a place; without one, a city's. */
export function placeWords(area: Pick<AreaPlace, 'name' | 'tier'> | null, language: Language): PlaceWords {
  const found = ofTier(WORDS[language].tier, area?.tier ?? 'city')
  return { ...found, whole: (area && wholeOf(area, language)) ?? found.whole }
}

/** What a group of a division's own sites is called at first; an office may call it otherwise. */
export function ownGroupName(
  division: Pick<Division, 'code' | 'level'>,
  group: OwnGroup,
): readonly [name: string, nameEn: string] {
  const tier = tierOf(division)
  return [ofTier(WORDS.zh.own, tier)[group], ofTier(WORDS.en.own, tier)[group]]
}
