import type { Fact } from '../../../shared/base/facts.ts'
import {
  type Board,
  countSites,
  encodeSite,
  MOST_TILES,
  type PlaceCounts,
  type Snapshot,
} from '../../../shared/city/board.ts'
import type { BoardNode, Level } from '../../../shared/city/level.ts'
import { SITE_STATES } from '../../../shared/register/sites/states.ts'
import { type Places, screenNames } from '../../register/divisions/area.ts'
import { asGroup, type PlaceTree } from '../levels/places.ts'
import { codesOf, placeOf, placeOfSite, type View } from '../sockets/rooms.ts'
import { wordlessAlert, wordlessRectification } from '../sockets/wordless.ts'
import { figuresOf, firstAlerts, firstRectifications, seenBy } from './figures.ts'

/** A board with the words that its rows refer to. */
export interface Whole extends Pick<Snapshot, 'installation' | 'demo'> {
  readonly board: Board
  readonly platforms: readonly string[]
  readonly places: Places
  readonly tree: PlaceTree
}

/** Facts of a board without sites: a ticker's. */
const RECENT_OF_LEVEL = 15

/** Whether a view has more sites than a screen can show one by one. */
export function hasMany(view: View, { sites }: Board): boolean {
  let seen = 0
  for (const site of sites.values()) {
    if (view.includes(placeOfSite(site))) seen += 1
    if (seen > MOST_TILES) return true
  }
  return false
}

/** A board as whoever hears `view` is given it to begin with: its sites, or where they are `many` the places they lie in. */
export function snapshotOf(
  whole: Whole,
  view: View,
  { nowMs, recent, many }: { nowMs: number; recent: readonly Fact[]; many: boolean },
): Snapshot {
  const { board, platforms, places, installation, demo } = whole
  const { node, groups } = levelOf(whole, view)
  const districts = view.node === null ? codesOf(places.groups, board) : groups.map(({ code }) => code)
  const sites = many ? [] : rowsOf(board, view, districts)
  const seen = seenBy(view, board)
  const alerts = many ? firstAlerts(seen.alerts, nowMs) : seen.alerts
  const rectifications = many ? firstRectifications(seen.rectifications) : seen.rectifications
  const told = view.isWordless ? alerts.map(wordlessAlert) : alerts
  const fixes = view.isWordless ? rectifications.map(wordlessRectification) : rectifications
  const grouped = <T extends { siteId: number | null; district: string | null }>(one: T): T =>
    view.node === null ? one : { ...one, district: view.groupOf(placeOf(board, one)) }
  return {
    seq: board.seq,
    at: new Date(nowMs).toISOString(),
    demo,
    districts,
    ...screenNames(places),
    groups,
    node,
    level: many ? countsOf(whole, view, districts, nowMs) : null,
    installation,
    platforms: many ? [] : [...platforms],
    sites,
    alerts: told.map(grouped),
    rectifications: fixes.map(grouped),
    tally: many ? [] : [...seen.tally].map(([id, { raised, closed }]) => [id, raised, closed]),
    missed: many ? [] : [...seen.missed],
    recent: many ? recent.slice(-RECENT_OF_LEVEL) : [...recent],
  }
}

/** The sites of a view; a place that none of `districts` is, is added to them. */
function rowsOf(board: Board, view: View, districts: string[]): Snapshot['sites'] {
  const rows: Snapshot['sites'] = []
  for (const site of board.sites.values()) {
    const place = placeOfSite(site)
    if (!view.includes(place)) continue
    const district = view.node === null ? site.district : (view.groupOf(place) ?? site.district)
    if (!districts.includes(district)) districts.push(district)
    rows.push(encodeSite(district === site.district ? site : { ...site, district }, districts))
  }
  return rows
}

/** The groups of a board: those of the installation, or the parts of the division that it is of. */
function levelOf(
  { board, places, tree }: Whole,
  { node }: View,
): { node: BoardNode | null } & Pick<Snapshot, 'groups'> {
  if (node === null) return { node: null, groups: screenNames(places).groups }
  const [, ...above] = tree.path(node)
  const parts = tree.parts(node).filter((code) => board.counts.has(code))
  // A group of a division's own sites has no parts: it is the only one of its board.
  const groups = parts.length > 0 ? parts : [node]
  return {
    node: { place: tree.name(node), above: above.map((code) => tree.name(code)) },
    groups: groups.map((code) => tree.name(code)),
  }
}

function countsOf({ board }: Whole, view: View, codes: readonly string[], nowMs: number): Level {
  const parts = codes.every(view.hasGroup) ? null : countParts(view, board)
  const counts = codes.flatMap((code): Level['counts'] => {
    const key = view.node === null ? asGroup(code) : code
    const of = view.hasGroup(code) ? board.counts.get(key) : parts?.get(code)
    return of ? [[code, SITE_STATES.map((state) => of[state])]] : []
  })
  return { counts, figures: figuresOf(view, board, nowMs) }
}

/** Of groups that a view has only sites of (a unit's, single ones): what it has of them. */
function countParts(view: View, { sites }: Board): PlaceCounts {
  const own = [...sites.values()].filter((site) => view.includes(placeOfSite(site)))
  return countSites(own.map(({ district, state }) => ({ district, state })))
}
