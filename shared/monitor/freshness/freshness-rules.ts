import type { Evidence } from './freshness.ts'

export const FINDING_OUTCOMES = ['dated', 'undated', 'unreadable'] as const

/** The day and month are the page's, the year is the nearest that is not in the future: less sure than a whole date. */
export function isYearGuessed(found: Pick<Evidence, 'why'>): boolean {
  return found.why === 'year_nearest_past'
}

export const FRESHNESS = ['fresh', 'due', 'dormant', 'undated', 'unknown'] as const
