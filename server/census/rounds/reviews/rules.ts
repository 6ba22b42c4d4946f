import type { Seat } from '../../../../shared/census/rounds/reviews/reviews-rules.ts'
import { covers, type Located, type Principal } from '../../../../shared/people/rights/rights.ts'

/** A look that somebody is to take. */
export interface OpenSeat extends Located {
  readonly siteId: number
  readonly code: string
  readonly seat: Seat
  /** Whose it is now, which may be another than when the round was opened. */
  readonly now: Located
  /** Who has another seat for the same site. */
  readonly taken: readonly number[]
}

type Reviewer = Pick<Principal, 'id' | 'scope'>

/** Whether somebody answers for a site: it is of their own unit or district. Whoever has the whole city answers for none. */
export const answersFor = ({ scope }: Pick<Principal, 'scope'>, site: Located): boolean =>
  scope.kind !== 'city' && covers(scope, site)

export interface Assigned {
  readonly seat: OpenSeat
  readonly reviewerId: number
}

/**
 * Gives each seat to somebody: who has the fewest so far, among equals who stands first. Nobody has two seats for a site,
 * nor one for a site of their own.
 * @param load how many each has already.
 * @returns `left`: the seats that none of them may have
 */
export function assignSeats(
  seats: readonly OpenSeat[],
  reviewers: readonly Reviewer[],
  load: ReadonlyMap<number, number> = new Map(),
): { assigned: Assigned[]; left: OpenSeat[] } {
  const counts = new Map(reviewers.map(({ id }) => [id, load.get(id) ?? 0]))
  const held = new Map<number, Set<number>>()
  const assigned: Assigned[] = []
  const left: OpenSeat[] = []
  for (const seat of seats) {
    const taken = held.get(seat.siteId) ?? new Set(seat.taken)
    held.set(seat.siteId, taken)
    let next: Reviewer | undefined
    for (const one of reviewers) {
      if (taken.has(one.id) || answersFor(one, seat) || answersFor(one, seat.now)) continue
      if (!next || (counts.get(one.id) ?? 0) < (counts.get(next.id) ?? 0)) next = one
    }
    if (!next) {
      left.push(seat)
      continue
    }
    taken.add(next.id)
    counts.set(next.id, (counts.get(next.id) ?? 0) + 1)
    assigned.push({ seat, reviewerId: next.id })
  }
  return { assigned, left }
}

/** What looks at one site have come to, by seat. */
export type Looks<T> = Partial<Record<Seat, T>>

/**
 * What stands for a site: what the first found where nobody looked again, or the second came to the same; else what
 * the third says. Null: not yet.
 */
export function settled<T extends { readonly outcome: string }>(looks: Looks<T>, isTwice: boolean): T | null {
  const { first, second, third } = looks
  if (third) return third
  if (!first) return null
  if (!isTwice) return first
  return second && second.outcome === first.outcome ? first : null
}
