import { type RawBuilder, sql } from 'kysely'
import type { Fact, FactPlace } from '../../../shared/base/facts.ts'
import type { Board } from '../../../shared/city/board.ts'
import { DESK_FACTS } from '../../../shared/city/facts.ts'
import {
  covers,
  type Located,
  type Principal,
  type Scope,
  type User,
  unitIdsOf,
} from '../../../shared/people/rights/rights.ts'
import type { Group } from '../../register/divisions/area.ts'
import { notForDesks } from '../facts/queries.ts'
import { wordlessFact } from './wordless.ts'

/**
 * Whether `who` may hear a room. A site, unit or district that does not exist is refused like one out of sight.
 * A wall display hears the room of its own, which is nobody else's.
 */
export function mayJoin(
  who: Pick<User, 'scope' | 'access'>,
  room: string,
  { board, groups }: { readonly board: Board; readonly groups: readonly Group[] },
): boolean {
  if (who.access === 'wallLink' || room === 'wall') return who.access === 'wallLink' && room === 'wall'
  const { scope } = who
  if (scope.kind === 'city') return !room.startsWith('site:') || isSite(board, room)
  const [kind, key = ''] = room.split(':')
  if (kind === 'district') return covers(scope, { district: key, unitId: null })
  if (kind === 'region') {
    const within = districtsIn(groups, key)
    return within.length > 0 && within.every((district) => covers(scope, { district, unitId: null }))
  }
  if (kind === 'unit') return mayHearUnit(who, Number(key), board)
  const site = board.sites.get(Number(key))
  return site !== undefined && covers(scope, site)
}

function isSite(board: Board, room: string): boolean {
  return board.sites.has(Number(room.slice('site:'.length)))
}

/** A unit itself, whether it has sites or not; for a district office, a unit all of whose sites lie there. */
function mayHearUnit({ scope }: Pick<Principal, 'scope'>, unitId: number, board: Board): boolean {
  if (scope.kind === 'unit') return unitIdsOf(scope).includes(unitId)
  const sites = [...board.sites.values()].filter((site) => site.unitId === unitId)
  return sites.length > 0 && sites.every((site) => covers(scope, site))
}

/** A place as views judge it: a site where it has one, and what that site belongs to. */
export interface Place extends Located {
  readonly siteId: number | null
}

/** Where something on the board belongs; what the board does not know as a site belongs to no unit. */
export function placeOf(board: Board, one: { siteId: number | null; district: string | null }): Place {
  const site = one.siteId === null ? undefined : board.sites.get(one.siteId)
  return { siteId: one.siteId, district: one.district, unitId: site?.unitId ?? null }
}

/** What a set of rooms lets through, as one predicate over places. */
export interface View {
  readonly key: string
  /** Facts that it lets through, as a condition over the log; the same as `factsFor`. */
  readonly heard: RawBuilder<boolean>
  readonly includes: (place: Place) => boolean
  /** Whether it lets through what is of all these places: one that it hears is enough. */
  readonly hearsPlaces: (places: readonly FactPlace[], board: Board) => boolean
  /** Whether it is a unit's: what desks keep to themselves is left out. */
  readonly isOfUnit: boolean
  /** Whether what people wrote (comments, notes, reasons) is left out. */
  readonly isWordless: boolean
}

/**
 * The view of all `rooms` together. Sockets with the same rooms and the same kind of scope share it.
 * @param kind of the scope of whoever hears them: the room of a unit tells its own people less than its district.
 * @param groups what the rooms of regions are made of.
 */
export function viewOf(rooms: Iterable<string>, kind: Scope['kind'], groups: readonly Group[] = []): View {
  const sorted = [...new Set(rooms)].sort()
  const keysOf = (kind: string) =>
    sorted.filter((room) => room.startsWith(`${kind}:`)).map((room) => room.slice(kind.length + 1))
  const isWordless = sorted.includes('wall')
  const isCity = isWordless || sorted.includes('city')
  const districts = new Set([
    ...keysOf('district'),
    ...keysOf('region').flatMap((region) => districtsIn(groups, region)),
  ])
  const units = new Set(keysOf('unit').map(Number))
  const sites = new Set(keysOf('site').map(Number))
  const isOfUnit = kind === 'unit'
  const known = isOfUnit ? notForDesks() : sql`true`
  return {
    // Who hears the city hears no more of it by naming parts.
    key: isWordless ? 'wall' : isCity ? 'city' : `${isOfUnit ? 'unit ' : ''}${sorted.join(',')}`,
    isWordless,
    isOfUnit,
    heard: isCity
      ? sql<boolean>`true`
      : sql<boolean>`${known} and (fact.kind = 'register.changed' or fact.data ? 'everybody' or fact.district = any(${[...districts]}::text[])
          or fact.site_id = any(${[...sites]}::int[])
          or fact.site_id in (select site.id from site where site.unit_id = any(${[...units]}::int[]))
          or fact.data ? 'places' and exists (
            select from jsonb_to_recordset(fact.data -> 'places') as place(district text, "unitId" int)
            where place.district = any(${[...districts]}::text[]) or place."unitId" = any(${[...units]}::int[])
              or exists (select from site where site.id = any(${[...sites]}::int[])
                and site.district = place.district and site.unit_id = place."unitId")))`,
    hearsPlaces: (places, board) => {
      const own = [...sites].flatMap((id) => board.sites.get(id) ?? [])
      return places.some(
        ({ district, unitId }) =>
          isCity ||
          districts.has(district) ||
          units.has(unitId) ||
          own.some((site) => site.district === district && site.unitId === unitId),
      )
    },
    includes: ({ siteId, district, unitId }) =>
      isCity ||
      (district !== null && districts.has(district)) ||
      (siteId !== null && sites.has(siteId)) ||
      (unitId !== null && units.has(unitId)),
  }
}

/** The groups that lie in a division: `440100` is the city of Guangzhou, with its own sites and its districts. */
function districtsIn(groups: readonly Group[], region: string): string[] {
  return groups.filter(({ within }) => within.includes(region)).map(({ code }) => code)
}

/** The groups' codes, and those that sites of the board are in although they are groups no more. */
export function codesOf(groups: readonly Group[], board: Board): string[] {
  const codes = new Set(groups.map(({ code }) => code))
  for (const { district } of board.sites.values()) codes.add(district)
  return [...codes]
}

/** The facts of a view, in order. That the register changed concerns everybody. */
export function factsFor(view: View, facts: readonly Fact[], board: Board): Fact[] {
  const heard = facts.filter((fact) => isHeard(view, fact, board))
  return view.isWordless ? heard.map(wordlessFact) : heard
}

function isHeard(view: View, fact: Fact, board: Board): boolean {
  if (view.isOfUnit && DESK_FACTS.includes(fact.kind)) return false
  if (fact.kind === 'register.changed' || view.includes(placeOf(board, fact))) return true
  if ('everybody' in fact.data && fact.data.everybody) return true
  return 'places' in fact.data && view.hearsPlaces(fact.data.places ?? [], board)
}
