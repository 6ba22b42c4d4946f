import type { Fact, FactPlace } from '../../../shared/base/facts.ts'
import type { Board, BoardSite } from '../../../shared/city/board.ts'
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
import type { PlaceTree } from '../levels/places.ts'
import { wordlessFact } from './wordless.ts'

/** What rooms are judged by: the board, its groups, and the divisions that its sites lie in. */
export interface Known {
  readonly board: Board
  readonly groups: readonly Group[]
  readonly tree: PlaceTree
  /** Where the sites of a unit are. */
  sitesOf(unitId: number): readonly Located[]
}

/**
 * Whether `who` may hear a room. A site, unit, district or division that does not exist is refused like one out of sight.
 * A wall display hears the rooms of its own, which are nobody else's.
 */
export function mayJoin(who: Pick<User, 'scope' | 'access'>, room: string, known: Known): boolean {
  const { board, groups, tree } = known
  const [kind, key = ''] = room.split(':')
  if (who.access === 'wallLink' || kind === 'wall') {
    return who.access === 'wallLink' && kind === 'wall' && (key === '' || tree.has(key))
  }
  const { scope } = who
  if (kind === 'region') return mayHearRegion(scope, key, { groups, tree })
  if (scope.kind === 'city') return kind !== 'site' || isSite(board, room)
  if (kind === 'district') return covers(scope, { district: key, unitId: null })
  if (kind === 'unit') return mayHearUnit(who, Number(key), known)
  const site = board.sites.get(Number(key))
  return site !== undefined && covers(scope, site)
}

/** Whether a scope has all of a division: every group that may have sites of it, those in it and those that it lies in. */
export function mayHearRegion(
  scope: Scope,
  region: string,
  { groups, tree }: { groups: readonly Pick<Group, 'code' | 'within'>[]; tree: PlaceTree },
): boolean {
  if (scope.kind === 'city') return tree.has(region)
  const path = tree.path(region)
  const all = groups.filter(({ code, within }) => within.includes(region) || path.includes(code))
  return all.length > 0 && all.every(({ code }) => covers(scope, { district: code, unitId: null }))
}

function isSite(board: Board, room: string): boolean {
  return board.sites.has(Number(room.slice('site:'.length)))
}

/** A unit itself, whether it has sites or not; for a district office, a unit all of whose sites lie there. */
function mayHearUnit({ scope }: Pick<Principal, 'scope'>, unitId: number, known: Known): boolean {
  if (scope.kind === 'unit') return unitIdsOf(scope).includes(unitId)
  const sites = known.sitesOf(unitId)
  return sites.length > 0 && sites.every((site) => covers(scope, site))
}

/** A place as views judge it: a site where it has one, and what that site belongs to. */
export interface Place extends Located {
  readonly siteId: number | null
  /** What the site lies in, the smallest first. */
  readonly within?: readonly string[] | undefined
}

/** Where something on the board belongs; what the board does not know as a site belongs to no unit. */
export function placeOf(board: Board, one: { siteId: number | null; district: string | null }): Place {
  const site = one.siteId === null ? undefined : board.sites.get(one.siteId)
  return { siteId: one.siteId, district: one.district, unitId: site?.unitId ?? null, within: site?.within }
}

/** The same of a site itself: a nation has many, and they are looked through for each view. */
export const placeOfSite = ({ id, district, unitId, within }: BoardSite): Place => ({
  siteId: id,
  district,
  unitId,
  within,
})

/** What rooms name, by its kind. */
export interface Named {
  readonly regions: readonly string[]
  /** Groups, with those that lie in a region. */
  readonly districts: ReadonlySet<string>
  readonly units: ReadonlySet<number>
  readonly sites: ReadonlySet<number>
}

/** What a set of rooms lets through, as one predicate over places. */
export interface View {
  readonly key: string
  /** What it is of; null: the whole city. The log is read by it (`server/city/replay/heard.ts`), the same as `factsFor` says. */
  readonly named: Named | null
  readonly includes: (place: Place) => boolean
  /** The one division that it is of, where that is told by its own parts; null: it is told by groups. */
  readonly node: string | null
  /** The group that a place of it is told in: a part of its division, or the group that it is in anyway. */
  readonly groupOf: (place: Place) => string | null
  /** Whether it has a group as a whole. */
  readonly hasGroup: (code: string) => boolean
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
 * @param groups what the rooms of regions are made of; a region that is no group of groups is known by its sites alone.
 * @param area what the installation is for.
 */
export function viewOf(
  rooms: Iterable<string>,
  kind: Scope['kind'],
  groups: readonly Group[] = [],
  area: string | null = null,
): View {
  const sorted = [...new Set(rooms)].sort()
  const keysOf = (kind: string) =>
    sorted.filter((room) => room.startsWith(`${kind}:`)).map((room) => room.slice(kind.length + 1))
  const isWordless = sorted.some((room) => room === 'wall' || room.startsWith('wall:'))
  const isCity = sorted.includes('wall') || sorted.includes('city')
  const regions = isCity ? [] : [...keysOf('region'), ...keysOf('wall')]
  const node = sorted.length === 1 && regions[0] !== area ? (regions[0] ?? null) : null
  const districts = new Set([
    ...keysOf('district'),
    ...regions.flatMap((region) => districtsIn(groups, region)),
  ])
  const units = new Set(keysOf('unit').map(Number))
  const sites = new Set(keysOf('site').map(Number))
  const isOfUnit = kind === 'unit'
  return {
    // Who hears the city hears no more of it by naming parts.
    key: sorted.includes('wall') ? 'wall' : isCity ? 'city' : `${isOfUnit ? 'unit ' : ''}${sorted.join(',')}`,
    isWordless,
    isOfUnit,
    node,
    groupOf: ({ within, district }) => {
      const at = node === null ? -1 : (within?.indexOf(node) ?? -1)
      return at < 0 ? district : (within?.[Math.max(0, at - 1)] ?? district)
    },
    hasGroup: (code) => isCity || node !== null || districts.has(code),
    named: isCity ? null : { regions, districts, units, sites },
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
    includes: ({ siteId, district, unitId, within }) =>
      isCity ||
      regions.some((region) => within?.includes(region) === true) ||
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
  return facts
    .filter((fact) => isHeard(view, fact, board))
    .map((fact) => toldIn(view, fact, placeOf(board, fact)))
}

/** A fact as a view tells it. @param place what it is about, where it was then. */
export function toldIn(view: View, fact: Fact, place: Place): Fact {
  const told = view.isWordless ? wordlessFact(fact) : fact
  return view.node === null ? told : regrouped(told, view.groupOf(place))
}

/** A fact as it is told where another group than the installation's stands for its place. */
function regrouped(fact: Fact, district: string | null): Fact {
  if (district === fact.district || district === null) return fact
  const { data } = fact
  const alert = 'alert' in data ? { alert: { ...data.alert, district } } : {}
  const rectification = 'rectification' in data ? { rectification: { ...data.rectification, district } } : {}
  return { ...fact, district, data: { ...data, ...alert, ...rectification } } as Fact
}

function isHeard(view: View, fact: Fact, board: Board): boolean {
  if (view.isOfUnit && DESK_FACTS.includes(fact.kind)) return false
  if (fact.kind === 'register.changed' || view.includes(placeOf(board, fact))) return true
  if ('everybody' in fact.data && fact.data.everybody) return true
  return 'places' in fact.data && view.hearsPlaces(fact.data.places ?? [], board)
}
