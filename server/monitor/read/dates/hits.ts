import type { Hit } from '../page/page.ts'

/** A hit with its day, 'YYYY-MM-DD'. */
export interface DatedHit {
  hit: Hit
  day: string
  year: YearSource
}

/** Where a bare month-day took its year from; `written` for dates that have one. */
export type YearSource = 'written' | 'link' | 'neighbour' | 'page' | 'nearest'
