import type { Level } from '../../register/sites/sites.ts'
import type { Severity } from './alerts.ts'
import { SEVERITIES } from './alerts-rules.ts'
import type { Importance } from './importance.ts'

/** The portals are what citizens know; the office of a street has few readers. */
export const IMPORTANCE: Readonly<Record<Level, Importance>> = {
  nation_portal: { weight: 6, raise: 1, marked: true },
  province_portal: { weight: 5, raise: 1, marked: true },
  city_portal: { weight: 4, raise: 1, marked: true },
  district_portal: { weight: 3, raise: 1, marked: true },
  nation_department: { weight: 2, raise: 0, marked: false },
  province_department: { weight: 2, raise: 0, marked: false },
  city_department: { weight: 2, raise: 0, marked: false },
  district_department: { weight: 1, raise: 0, marked: false },
  street: { weight: 0, raise: 0, marked: false },
  town: { weight: 0, raise: 0, marked: false },
}

/** How much a site of this level counts; 0 for what belongs to no site. */
export function weightOf(of: Level | null | undefined): number {
  return of ? IMPORTANCE[of].weight : 0
}

/** Whether a site of this level is marked where many stand side by side. */
export function isMarked(of: Level | null | undefined): boolean {
  return of ? IMPORTANCE[of].marked : false
}

/** Of the levels of several sites the one that counts for most; null of none. */
export function gravest(levels: readonly Level[]): Level | null {
  return levels.reduce<Level | null>(
    (most, one) => (weightOf(one) > weightOf(most) ? one : (most ?? one)),
    null,
  )
}

/** The severity of an alert, by the level of the site that it is about. */
export function weighed(severity: Severity, of: Level | null | undefined): Severity {
  const raise = of ? IMPORTANCE[of].raise : 0
  return SEVERITIES[Math.max(0, SEVERITIES.indexOf(severity) - raise)] ?? severity
}
