import type { Division } from './divisions.ts'

/**
 * What a division is: of the administration from the nation down to streets and towns; `zone` a new area or development
 * zone and `department` an organisation that stands as a group of its own, as an office adds them.
 */
export const DIVISION_LEVELS = [
  'nation',
  'province',
  'city',
  'district',
  'street',
  'zone',
  'department',
] as const

/** The root of the tree. */
export const NATION = '000000'

/** Provinces by their code, cities by what they are: their districts lie right under them. */
const MUNICIPALITIES: ReadonlySet<string> = new Set(['110000', '120000', '310000', '500000'])

/** What a division's own sites are of: a municipality is a city, a zone counts as a district. */
export function tierOf({ code, level }: Pick<Division, 'code' | 'level'>): Division['level'] {
  if (MUNICIPALITIES.has(code)) return 'city'
  return level === 'zone' ? 'district' : level
}

/** Groups of sites that belong to a division itself and not to a part of it. */
export const OWN_GROUPS = ['portal', 'dept'] as const
export type OwnGroup = (typeof OWN_GROUPS)[number]

type Named = readonly [name: string, nameEn: string]
/** What they are called at first; an office may call them otherwise. */
const OWN_NAMES: Partial<Record<Division['level'], Readonly<Record<OwnGroup, Named>>>> = {
  nation: { portal: ['国家门户', 'National portal'], dept: ['国务院部门', 'State Council departments'] },
  province: { portal: ['省级门户', 'Provincial portal'], dept: ['省直部门', 'Provincial departments'] },
  city: { portal: ['市门户', 'City portal'], dept: ['市直部门', 'Municipal departments'] },
  district: { portal: ['区县门户', 'District portal'], dept: ['区县部门', 'District departments'] },
}
const ANY_NAMES: Readonly<Record<OwnGroup, Named>> = {
  portal: ['本级门户', 'Own portal'],
  dept: ['本级部门', 'Own departments'],
}

/** The code of a group of a division's own sites: `4401-portal` of Guangzhou (440100), `44-dept` of its province. */
export function ownGroupCode(code: string, group: OwnGroup): string {
  return `${shortCode(code)}-${group}`
}

export function ownGroupName(division: Pick<Division, 'code' | 'level'>, group: OwnGroup): Named {
  return (OWN_NAMES[tierOf(division)] ?? ANY_NAMES)[group]
}

/** Whether a code is that of a group of some division's own sites. */
export const isOwnGroup = (code: string): boolean => OWN_GROUPS.some((group) => code.endsWith(`-${group}`))

/** A code of six digits without the zeros that fill it up; the nation's is a single one. */
function shortCode(code: string): string {
  if (code === NATION) return '0'
  return /^\d{6}$/.test(code) ? code.replace(/(00)+$/, '') : code
}
