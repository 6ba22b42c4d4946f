import { covers, districtsOf, type Scope, unitIdsOf } from '../../../../shared/people/rights/rights.ts'
import type { Steps } from '../../../base/slices.ts'
import type { Subscriber } from '../subscribers.ts'
import type { News } from './news.ts'

/** News, and by district and unit which of them lie there: a subscription looks through those of its own places alone. */
export interface NewsByPlace<N extends News> {
  readonly news: readonly N[]
  /** Positions in `news`, in order. */
  readonly districts: ReadonlyMap<string, readonly number[]>
  readonly units: ReadonlyMap<number, readonly number[]>
}

/** A subscription and what is news to it, in order. */
export interface Concerned<N extends News> {
  readonly subscriber: Subscriber
  readonly own: readonly N[]
}

/** Lists news by where they are. */
export function byPlace<N extends News>(news: readonly N[]): NewsByPlace<N> {
  const districts = new Map<string, number[]>()
  const units = new Map<number, number[]>()
  for (const [position, { where }] of news.entries()) {
    for (const { district, unitId } of where) {
      if (district !== null) addTo(districts, district, position)
      if (unitId !== null) addTo(units, unitId, position)
    }
  }
  return { news, districts, units }
}

function addTo<K>(lists: Map<K, number[]>, key: K, position: number): void {
  const list = lists.get(key)
  if (!list) lists.set(key, [position])
  else if (list.at(-1) !== position) list.push(position)
}

/** Those of many subscriptions to whom something is news; a step for each. */
export function* concernedBy<N extends News>(
  placed: NewsByPlace<N>,
  subscribers: Iterable<Subscriber>,
): Steps<Concerned<N>[]> {
  const concerned: Concerned<N>[] = []
  for (const subscriber of subscribers) {
    const own = nearest(placed, subscriber).filter((one) => isFor(subscriber, one))
    if (own.length > 0) concerned.push({ subscriber, own })
    yield
  }
  return concerned
}

/** What lies in that of its scopes which holds least; the others are looked at one by one. */
function nearest<N extends News>(placed: NewsByPlace<N>, { scopes }: Subscriber): readonly N[] {
  const { news } = placed
  const [fewest] = scopes
    .flatMap((scope) => (scope.kind === 'city' ? [] : [positionsIn(placed, scope)]))
    .sort((a, b) => a.length - b.length)
  return fewest?.flatMap<N>((position) => news[position] ?? []) ?? news
}

function positionsIn({ districts, units }: NewsByPlace<News>, scope: Scope): readonly number[] {
  const lists = [
    ...districtsOf(scope).map((code) => districts.get(code) ?? []),
    ...unitIdsOf(scope).map((id) => units.get(id) ?? []),
  ]
  return [...new Set(lists.flat())].sort((a, b) => a - b)
}

/** What was there before the subscription is no news to it. */
function isFor({ sinceSeq, scopes, want, isOfUnit }: Subscriber, { seq, where, happening }: News): boolean {
  if (seq <= sinceSeq) return false
  if ('alert' in happening && !want.rules.includes(happening.alert.rule)) return false
  // Whoever is of the unit was told of its rectification, and of the downtime of its sites, at once.
  if (!('alert' in happening) && isOfUnit) return false
  return where.some((one) => scopes.every((scope) => covers(scope, one)))
}
