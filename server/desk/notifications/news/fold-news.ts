import { groupBy } from '../../../../shared/base/lists/group.ts'
import type { Tx } from '../../../base/db/database.ts'
import { inSlices, type Steps } from '../../../base/slices.ts'
import { fold, type GroupState, type Happening, NO_GROUP } from '../delivery/group.ts'
import { type Groups, groupsAt, saveGroups, subscriberPages } from '../subscribers.ts'
import { byPlace, type Concerned, concernedBy } from './concerned.ts'
import type { News } from './news.ts'

/** Folds news into the groups of those whom they concern, some subscriptions at a time. */
export async function foldNews(tx: Tx, news: readonly News[]): Promise<void> {
  for await (const concerned of concernedPages(tx, news)) await foldFor(tx, concerned)
}

/** Whom news concern, as far as their subscriptions are served. */
export async function* concernedPages<N extends News>(
  tx: Tx,
  news: readonly N[],
): AsyncGenerator<Concerned<N>[]> {
  if (news.length === 0) return
  const placed = byPlace(news)
  for await (const subscribers of subscriberPages(tx)) yield await inSlices(concernedBy(placed, subscribers))
}

/** Folds into groups of these subscriptions what is news to each. */
export async function foldFor(tx: Tx, concerned: readonly Concerned<News>[]): Promise<void> {
  if (concerned.length === 0) return
  const places = new Map(concerned.map(({ subscriber, own }) => [subscriber.id, new Set(own.map(placeOf))]))
  const before = await groupsAt(tx, places)
  await saveGroups(tx, await inSlices(folded(concerned, before)))
}

/** Whose group it belongs to; '' is the city's. */
const placeOf = ({ district }: News): string => district ?? ''

function* folded(concerned: readonly Concerned<News>[], before: Groups): Steps<Groups> {
  const after: Groups = new Map()
  for (const { subscriber, own } of concerned) {
    const { id, want } = subscriber
    const states = new Map<string, GroupState>()
    for (const [place, happenings] of happeningsAt(own)) {
      states.set(place, fold(before.get(id)?.get(place) ?? NO_GROUP, want, happenings))
    }
    after.set(id, states)
    yield
  }
  return after
}

const happeningsAt = (news: readonly News[]): Map<string, Happening[]> =>
  groupBy(news, placeOf, ({ happening }) => happening)
