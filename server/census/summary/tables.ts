import type { Json } from '../../base/db/database.ts'

/** What else is summed up of the sheets of a day in a district. */
export interface MoreSums {
  /** Sites by what is left of their points, in steps of ten; those with a veto are not among them. */
  readonly tens: readonly number[]
  /** Sites against which each rule stands as a veto. */
  readonly vetoes: Readonly<Record<string, number>>
  /** Points lost by each rule, of all sites together. */
  readonly lost: Readonly<Record<string, number>>
}

/** How the sites of a district came out on a day. Only saves time: it can be deleted at any moment, and is when sheets are kept. */
export interface SheetSumTable {
  /** Local day, YYYY-MM-DD. */
  day: string
  district: string
  /** Which sites these are, as one word: others, another word. */
  sites: string
  passed: number
  failed: number
  vetoed: number
  open: number
  /** Sites against which a rule of each question stood. */
  untimely: number
  inaccurate: number
  unresponsive: number
  unusable: number
  more: Json<MoreSums>
}

declare module '../../base/db/database.ts' {
  interface Database {
    sheet_sum: SheetSumTable
  }
}
