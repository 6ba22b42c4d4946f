import { type RawBuilder, sql } from 'kysely'
import type { Board } from '../../shared/board.ts'
import type { Fact } from '../../shared/facts.ts'
import { covers, type Principal } from '../../shared/users.ts'

/** Whether `who` may hear a room. A site or district that does not exist is refused like one out of sight. */
export function mayJoin(who: Pick<Principal, 'scope'>, room: string, board: Board): boolean {
  if (room === 'city') return who.scope.kind === 'city'
  const [kind, key = ''] = room.split(':')
  if (kind === 'district') return covers(who.scope, { district: key, unitId: null })
  const site = board.sites.get(Number(key))
  return site !== undefined && covers(who.scope, site)
}

/** What a set of rooms lets through, as one predicate over (site, district). */
export interface View {
  readonly key: string
  /** Facts that it lets through, as a condition over the log; the same as `factsFor`. */
  readonly heard: RawBuilder<boolean>
  readonly includes: (siteId: number | null, district: string | null) => boolean
}

/** The view of all `rooms` together. Sockets with the same rooms share it. */
export function viewOf(rooms: Iterable<string>): View {
  const sorted = [...new Set(rooms)].sort()
  const isCity = sorted.includes('city')
  const districts = new Set(sorted.filter((r) => r.startsWith('district:')).map((r) => r.slice(9)))
  const sites = new Set(sorted.filter((r) => r.startsWith('site:')).map((r) => Number(r.slice(5))))
  return {
    key: sorted.join(','),
    heard: isCity
      ? sql<boolean>`true`
      : sql<boolean>`(fact.kind = 'register.changed' or fact.district = any(${[...districts]}::text[])
          or fact.site_id = any(${[...sites]}::int[]))`,
    includes: (siteId, district) =>
      isCity || (district !== null && districts.has(district)) || (siteId !== null && sites.has(siteId)),
  }
}

/** The facts of a view, in order. That the register changed concerns everybody. */
export function factsFor(view: View, facts: readonly Fact[]): Fact[] {
  return facts.filter((fact) => fact.kind === 'register.changed' || view.includes(fact.siteId, fact.district))
}
