import { MINUTE } from '../../../../shared/base/time.ts'
import type { BoardSite } from '../../../../shared/city/board.ts'
import type { Alert } from '../../../../shared/desk/alerts/alerts.ts'
import { isMarked } from '../../../../shared/desk/alerts/importance-rules.ts'
import type { Rectification } from '../../../../shared/desk/rectifications/rectifications.ts'
import type { SiteState } from '../../../../shared/register/sites/states.ts'
import { severityOf, WRONG_STATES } from '../../../../shared/register/sites/states-rules.ts'
import { waitingAlerts } from '../../../desk/alerts/triage.ts'
import type { MarkKind } from '../../../register/sites/marks/marks.ts'

/** Whether somebody has taken on what is wrong: nothing to take on, nobody has, or all of it is. */
export type Ownership = 'none' | 'open' | 'taken'

export interface Tile {
  readonly id: number
  /** Another key is another drawing: a change of state is drawn anew. */
  readonly key: string
  readonly kind: MarkKind
  readonly state: SiteState
  readonly name: string
  readonly ownership: Ownership
  /** A portal: what citizens know. */
  readonly isPortal: boolean
  /** A rectification is under way. */
  readonly isFixing: boolean
  /** Changes between well and failed again and again. */
  readonly isFlapping: boolean
  /** Broke within the last minutes, and nobody has taken it on. */
  readonly isNew: boolean
}

/**
 * For each site with live alerts, whether any of them waits for somebody, by the same rule as the figures of alerts that
 * wait; the alert of a shared failure speaks for its sites.
 */
export function ownershipOf(alerts: Iterable<Alert>, nowMs: number): Map<number, Ownership> {
  const result = new Map<number, Ownership>()
  const all = [...alerts]
  const waiting = new Set(waitingAlerts(all, nowMs))
  const shared = new Map(
    all.flatMap((one) => (one.rule === 'PLATFORM' ? [[one.incidentId, one] as const] : [])),
  )
  for (const alert of all) {
    const { siteId, incidentId } = alert
    if (siteId === null || result.get(siteId) === 'open') continue
    const speaker = (incidentId ? shared.get(incidentId) : undefined) ?? alert
    result.set(siteId, waiting.has(speaker) ? 'open' : 'taken')
  }
  return result
}

export function sitesBeingFixed(rectifications: Iterable<Rectification>): Set<number> {
  return new Set(Array.from(rectifications, (rectification) => rectification.siteId))
}

export interface TileInputs {
  readonly ownership: ReadonlyMap<number, Ownership>
  readonly fixing: ReadonlySet<number>
  /** Epoch ms after which a change counts as new. */
  readonly newSinceMs: number
}

/** So long what was broken is marked as new, at any number: in a storm that is the very thing to be seen. */
export const NEW_MS = 5 * MINUTE

/** From when on what broke is drawn as new. */
export const newSince = (nowMs: number): number => nowMs - NEW_MS

/** A site that was there is there no longer; what else is wrong has come slowly, and its beginning is not marked. */
export const isBroken = (state: SiteState): boolean => state === 'dead' || state === 'down'

export function tileOf(site: BoardSite, { ownership, fixing, newSinceMs }: TileInputs): Tile {
  const held = isWrong(site.state) ? (ownership.get(site.id) ?? 'none') : 'none'
  const isSuspect = site.state === 'warning' && site.availability === 'suspect'
  return {
    id: site.id,
    key: `${site.id} ${site.stateSince}`,
    kind: isSuspect ? 'suspect' : site.state,
    state: site.state,
    name: site.name,
    ownership: held,
    isPortal: isMarked(site.level),
    isFixing: fixing.has(site.id),
    isFlapping: site.flapping ?? false,
    isNew: held !== 'taken' && isBroken(site.state) && Date.parse(site.stateSince) > newSinceMs,
  }
}

const wrong: ReadonlySet<SiteState> = new Set(WRONG_STATES)
export function isWrong(state: SiteState): boolean {
  return wrong.has(state)
}

/**
 * Worst first; within a state the portals, then what nobody has taken on; then by number, so that tiles do not wander.
 */
export function sortTiles(tiles: Tile[]): Tile[] {
  const rank = (tile: Tile): number =>
    severityOf(tile.state) * 4 + (tile.isPortal ? 0 : 2) + (tile.ownership === 'taken' ? 1 : 0)
  return tiles.sort((a, b) => rank(a) - rank(b) || a.id - b.id)
}

/** Whether two groups look the same. */
export function sameTiles(a: readonly Tile[], b: readonly Tile[]): boolean {
  return a.length === b.length && a.every((tile, index) => sameTile(tile, b[index]))
}

/** Whether two drawings of a site look the same. */
export function sameTile(a: Tile, b: Tile | undefined): boolean {
  return (
    b !== undefined &&
    a.key === b.key &&
    a.kind === b.kind &&
    a.ownership === b.ownership &&
    a.isPortal === b.isPortal &&
    a.isFixing === b.isFixing &&
    a.isFlapping === b.isFlapping &&
    a.isNew === b.isNew &&
    a.name === b.name
  )
}
