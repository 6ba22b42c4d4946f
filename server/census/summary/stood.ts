import type { Summary } from '../../../shared/census/summary/summary.ts'
import type { Scope } from '../../../shared/people/rights/rights.ts'
import type { Db } from '../../base/db/database.ts'
import { type Place, type Sums, sumsOf } from './sums.ts'

type Counts = Record<string, number>

/** How the sites that somebody sees stood on a day. */
export interface Stood {
  /** Sites of which a sheet was kept. */
  readonly scored: number
  readonly outcomes: Summary['outcomes']['now']
  /** Sites by what is left of their points, in steps of ten. */
  readonly tens: readonly number[]
  /** Sites against which each rule stands as a veto: of all districts, and of each. */
  readonly vetoes: Readonly<Counts>
  readonly byDistrict: ReadonlyMap<string, Readonly<Counts>>
  /** Points lost by each rule, of all sites together. */
  readonly lost: Readonly<Counts>
}

/** How sites stood on each of these days; null: of that day no sheets were kept. @param places all that `scope` sees. */
export async function stoodOn(
  db: Db,
  scope: Scope,
  places: readonly Place[],
  [now, before]: readonly [string | null, string | null],
): Promise<readonly [Stood, Stood]> {
  const days = new Set([now, before].flatMap((day) => day ?? []))
  const found = days.size === 0 ? [] : await sumsOf(db, scope, places, [...days])
  const on = (day: string | null) => addedUp(found.filter((one) => one.day === day))
  return [on(now), on(before)]
}

function addedUp(rows: readonly Sums[]): Stood {
  const outcomes = { passed: 0, failed: 0, vetoed: 0, open: 0 }
  const tens = new Array<number>(10).fill(0)
  const vetoes: Counts = {}
  const lost: Counts = {}
  const add = (sums: Counts, more: Readonly<Counts>) => {
    for (const [rule, n] of Object.entries(more)) sums[rule] = (sums[rule] ?? 0) + n
  }
  for (const { passed, failed, vetoed, open, more } of rows) {
    add(outcomes, { passed, failed, vetoed, open })
    for (const [ten, n] of more.tens.entries()) tens[ten] = (tens[ten] ?? 0) + n
    add(vetoes, more.vetoes)
    add(lost, more.lost)
  }
  const byDistrict = new Map(rows.map(({ district, more }) => [district, more.vetoes]))
  const scored = Object.values(outcomes).reduce((all, n) => all + n, 0)
  return { scored, outcomes, tens, vetoes, byDistrict, lost }
}
