import type { User } from '../../../shared/people/rights/rights.ts'
import type { Db } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { namedPlaces } from '../../register/divisions/area.ts'
import { loadTree } from '../levels/places.ts'
import { mayHearRegion, type View, viewOf } from '../sockets/rooms.ts'
import { formerGroups } from './queries.ts'

/**
 * What somebody is told of the past: all of their scope, or one division as its room tells it. What was a group once is theirs who
 * have all of its sites now.
 * @throws Refusal forbidden for a division that is none, or not all of it theirs.
 */
export async function pastView(
  db: Db,
  { rooms, scope }: Pick<User, 'rooms' | 'scope'>,
  under: string | undefined,
): Promise<View> {
  if (under === undefined) return viewOf(rooms, scope.kind)
  const tree = await loadTree(db, 'past')
  const { area, groups } = await namedPlaces(db)
  const former = (await formerGroups(db)).map((one) => ({ ...one, within: tree.path(one.code) }))
  const now = former.map((one) => ({ ...one, code: one.now }))
  if (!mayHearRegion(scope, under, { groups: [...groups, ...now], tree }))
    throw new Refusal('forbidden', 'replay.noPlace')
  const then = former.map((one) => ({ ...tree.name(one.code), within: one.within }))
  return viewOf([`region:${under}`], scope.kind, [...groups, ...then], area?.code ?? null)
}
