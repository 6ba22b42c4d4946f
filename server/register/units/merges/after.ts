import type { NewFact } from '../../../../shared/base/facts.ts'
import type { Person } from '../../../../shared/base/person.ts'
import type { Tx } from '../../../base/db/database.ts'

declare module '../../../base/context.ts' {
  interface After {
    /**
     * What is open is for another unit to do.
     * @param only these alone; null: all of `from`
     * @returns facts, to be appended, and what went over
     */
    unitMoved(
      tx: Tx,
      move: {
        readonly actor: Person
        readonly from: number
        readonly into: number
        readonly only: readonly number[] | null
        readonly reason: string
      },
      now: number,
    ): Promise<{ readonly facts: readonly NewFact[]; readonly rectifications: readonly number[] }>
  }
}
