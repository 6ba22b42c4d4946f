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

/** The code of a group of a division's own sites: `4401-portal` of Guangzhou (440100), `44-dept` of its province. */
export function ownGroupCode(code: string, group: OwnGroup): string {
  return `${shortCode(code)}-${group}`
}

/** Whether a code is that of a group of some division's own sites. */
export const isOwnGroup = (code: string): boolean => OWN_GROUPS.some((group) => code.endsWith(`-${group}`))

/** A code of six digits without the zeros that fill it up; the nation's is a single one. */
function shortCode(code: string): string {
  if (code === NATION) return '0'
  return /^\d{6}$/.test(code) ? code.replace(/(00)+$/, '') : code
}
