import { HOUR } from '../../base/time.ts'
import type { Level } from '../../register/sites/sites.ts'
import type { DeadlineRow, TermLength } from './deadlines.ts'
import type { HandRule } from './hand-rules.ts'

const PORTALS: readonly Level[] = ['nation_portal', 'province_portal', 'city_portal', 'district_portal']
const DEPARTMENTS: readonly Level[] = [
  'nation_department',
  'province_department',
  'city_department',
  'district_department',
]
const row = (term: TermLength, rules?: readonly HandRule[], levels?: readonly Level[]): DeadlineRow => ({
  ...(rules && { rules: [...rules] }),
  ...(levels && { levels: [...levels] }),
  term,
})

/**
 * The terms that a rectification has unless who raises it says otherwise. A portal is what citizens come to first: one that is
 * down is a matter of hours. No edition of the census rules sets terms for rectifications; these are the working group's.
 */
export const DEADLINES: readonly DeadlineRow[] = [
  row({ hours: 4 }, ['DOWN'], ['nation_portal', 'province_portal', 'city_portal']),
  row({ hours: 8 }, ['DOWN'], ['district_portal']),
  row({ workdays: 1 }, ['V1'], PORTALS),
  row({ workdays: 2 }, ['V2', 'CERT'], PORTALS),
  row({ workdays: 5 }, ['V3', 'LINKS'], PORTALS),
  row({ workdays: 2 }, ['DOWN'], DEPARTMENTS),
  row({ workdays: 3 }, ['DOWN', 'CERT']),
  row({ workdays: 5 }, ['V1', 'V2']),
  row({ workdays: 10 }),
]

/** The term for a rectification about one thing, by the rule that it breaks and the level of the site. */
export function termFor(
  about: { readonly rule: string; readonly level: Level },
  table: readonly DeadlineRow[] = DEADLINES,
): TermLength {
  const found = table.find(
    ({ rules, levels }) =>
      (rules === undefined || rules.includes(about.rule)) &&
      (levels === undefined || levels.includes(about.level)),
  )
  if (!found) throw new RangeError('the last line of a table of deadlines speaks of all')
  return found.term
}

/** The term for a rectification about several things: the shortest of theirs. Hours are shorter than any working day. */
export function shortestTerm(terms: readonly TermLength[]): TermLength | undefined {
  return [...terms].sort((a, b) => weight(a) - weight(b))[0]
}

const weight = (term: TermLength) => ('hours' in term ? term.hours : 720 + term.workdays)

/** Of a term in hours, how long before its end (ms) it is at risk: when a fifth is left, as of one in days. */
export const riskMsOf = (hours: number): number => (hours * HOUR) / 5
