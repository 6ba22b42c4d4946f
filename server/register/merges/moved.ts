import type { NewFact } from '../../../shared/base/facts.ts'
import type { Person } from '../../../shared/base/person.ts'
import type { Tx } from '../../base/db/database.ts'

/** Something open that went over to the site that stays, and what of it was otherwise. */
export interface MovedRow {
  readonly id: number
  readonly was: Readonly<Record<string, number>>
}

/** What went over with a merge, to be brought back with it. */
export interface Moved {
  readonly rectifications: readonly MovedRow[]
  readonly findings: readonly MovedRow[]
}

/** Two sites of a merge, and who says so and why. */
export interface MergeOf {
  readonly actor: Person
  readonly from: { readonly id: number; readonly unitId: number }
  readonly into: { readonly id: number; readonly unitId: number }
  readonly reason: string
}

declare module '../../base/context.ts' {
  interface After {
    /** What is open of a site that goes goes over to the one that stays. @returns facts, to be appended, and what that was */
    siteMerged(
      tx: Tx,
      merge: MergeOf,
      now: number,
    ): Promise<{ readonly facts: readonly NewFact[]; readonly moved: Moved }>
    /** It comes back, as it is by now. @returns facts, to be appended */
    siteUnmerged(tx: Tx, merge: MergeOf, moved: Moved, now: number): Promise<NewFact[]>
  }
}
