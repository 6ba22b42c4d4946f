import type { Fact } from '../base/facts.ts'
import { DAY } from '../base/time.ts'
import type { Alert } from '../desk/alerts/alerts.ts'
import type { Progress, Rectification } from '../desk/rectifications/rectifications.ts'
import type { SiteChanged, SiteFacts } from '../monitor/standing/facts.ts'
import type { Level } from '../register/sites/sites.ts'
import { LEVELS } from '../register/sites/sites-rules.ts'
import { AVAILABILITIES, SITE_STATES, VERDICTS } from '../register/sites/states-rules.ts'
import type { SiteRow } from './board.ts'
import { moveCount, type PlaceCounts, placesOf } from './counts-rules.ts'
import type { LevelFigures } from './level.ts'

/** A site on the board: what the register says of it, its facts, and its latest pulse. */
export interface BoardSite extends SiteFacts {
  readonly id: number
  readonly code: string
  readonly name: string
  readonly district: string
  readonly unitId: number
  readonly level: Level
  /** Index into the snapshot's `platforms`, -1 for none. */
  readonly platform: number
  lastVisitAt: number
  latencyMs: number | null
  /** On a server: the codes of all that it lies in, the smallest first. */
  readonly within?: readonly string[]
}

/** Rectifications raised, and of these those closed. */
export interface Tally {
  readonly raised: number
  readonly closed: number
}

/**
 * The city at fact `seq`: the same object in the server's memory, in a browser's store and in a replay, and
 * changed by `applyFact` alone.
 */
export interface Board {
  seq: number
  readonly sites: Map<number, BoardSite>
  /** Live ones only. */
  readonly alerts: Map<number, Alert>
  /** Those that are not closed. */
  readonly rectifications: Map<number, Rectification>
  /** By site: of what was raised in the last `TALLY_DAYS` when the board was loaded, raised and closed; kept up by facts. */
  readonly tally: Map<number, Tally>
  /** Outages that came and went while nobody looked, with their sites. */
  readonly missed: Map<number, number>
  /** Sites by state, of each group; on a server of everything that sites lie in. */
  readonly counts: PlaceCounts
  /** Of more sites than a screen shows a browser holds none, few alerts and rectifications, and this; else null. */
  figures: LevelFigures | null
}

export function emptyBoard(): Board {
  return {
    seq: 0,
    sites: new Map(),
    alerts: new Map(),
    rectifications: new Map(),
    tally: new Map(),
    missed: new Map(),
    counts: new Map(),
    figures: null,
  }
}

/**
 * Brings `board` to the fact. A fact that it has already is passed over, so nothing is applied twice.
 * @returns false when the board cannot follow (the register changed) and must be loaded again.
 */
export function applyFact(board: Board, fact: Fact): boolean {
  if (fact.seq <= board.seq) return true
  board.seq = fact.seq
  if (fact.kind === 'register.changed') return false
  if (fact.kind === 'site.changed') {
    applyChange(board, fact)
  } else if ('alert' in fact.data) {
    const { alert } = fact.data
    if (alert.status === 'resolved') board.alerts.delete(alert.id)
    else board.alerts.set(alert.id, alert)
    if (alert.missed && !alert.seen && alert.siteId !== null) board.missed.set(alert.id, alert.siteId)
    else board.missed.delete(alert.id)
  } else if ('rectification' in fact.data) {
    applyRectification(board, fact, fact.data.rectification)
  }
  return true
}

function applyChange(board: Board, { siteId, district, data: { before, after } }: SiteChanged): void {
  const site = siteId === null ? undefined : board.sites.get(siteId)
  if (site) board.sites.set(site.id, { ...site, ...after })
  // A site that was put on such a board may be ahead of its counts; what is not counted there is not begun to be.
  if (board.figures && district !== null) {
    if (board.counts.has(district)) moveCount(board.counts, [district], before?.state ?? null, after.state)
  } else if (site) moveCount(board.counts, placesOf(site), site.state, after.state)
}

/** What a fact adds to the tally of its site. */
const TALLIED: Partial<Record<Fact['kind'], Tally>> = {
  'rectification.raised': { raised: 1, closed: 0 },
  'rectification.closed': { raised: 0, closed: 1 },
  'rectification.overridden': { raised: 0, closed: 1 },
  'rectification.relapsed': { raised: 0, closed: -1 },
}

/** So many days back what was raised is counted. */
export const TALLY_DAYS = 90

function count(board: Board, { kind, at }: Fact, { siteId, raisedAt }: Rectification): void {
  const added = TALLIED[kind]
  if (!added || Date.parse(at) - Date.parse(raisedAt) > TALLY_DAYS * DAY) return
  const { raised, closed } = board.tally.get(siteId) ?? { raised: 0, closed: 0 }
  board.tally.set(siteId, {
    raised: raised + added.raised,
    closed: Math.max(0, closed + added.closed),
  })
}

function applyRectification(board: Board, fact: Fact, rectification: Rectification): void {
  const isOpen = rectification.stage !== 'closed'
  for (const id of rectification.alertIds) {
    const alert = board.alerts.get(id)
    if (alert) board.alerts.set(id, { ...alert, rectificationId: isOpen ? rectification.id : null })
  }
  if (isOpen) board.rectifications.set(rectification.id, rectification)
  else board.rectifications.delete(rectification.id)
  count(board, fact, rectification)
}

/** Progress of the rectifications on the board, of all its sites together. */
export function progressOf(
  board: Pick<Board, 'rectifications' | 'tally'>,
  isLate: (rectification: Rectification) => boolean,
): Progress {
  const result = { raised: 0, closed: 0, overdue: 0, returned: 0, verifying: 0 }
  for (const { raised, closed } of board.tally.values()) {
    result.raised += raised
    result.closed += closed
  }
  for (const rectification of board.rectifications.values()) {
    if (isLate(rectification)) result.overdue += 1
    if (rectification.stage === 'returned') result.returned += 1
    if (rectification.stage === 'submitted' || rectification.stage === 'verifying') result.verifying += 1
  }
  return result
}

const seconds = (iso: string): number => Math.floor(Date.parse(iso) / 1000)
const iso = (at: number): string => new Date(at * 1000).toISOString()
/** The word at `index`; a snapshot of another version of the program may hold one that this one has not. */
function word<T>(list: readonly T[], index: number): T {
  const found = list[index]
  if (found === undefined) throw new RangeError(`snapshot: no word ${index} in a list of ${list.length}`)
  return found
}

export function encodeSite(site: BoardSite, districts: readonly string[]): SiteRow {
  return [
    site.id,
    site.code,
    site.name,
    districts.indexOf(site.district),
    site.unitId,
    LEVELS.indexOf(site.level),
    site.platform,
    SITE_STATES.indexOf(site.state),
    seconds(site.stateSince),
    AVAILABILITIES.indexOf(site.availability),
    site.cause,
    seconds(site.since),
    VERDICTS.indexOf(site.v1),
    site.share,
    VERDICTS.indexOf(site.v2),
    site.newest,
    site.lastVisitAt,
    site.latencyMs,
    site.flapping ? 1 : 0,
    VERDICTS.indexOf(site.v3),
  ]
}

export function decodeSite(row: SiteRow, districts: readonly string[]): BoardSite {
  const [
    id,
    code,
    name,
    district,
    unitId,
    level,
    platform,
    state,
    stateSince,
    availability,
    cause,
    since,
    v1,
    share,
    v2,
    newest,
    lastVisitAt,
    latencyMs,
    flapping,
    v3,
  ] = row
  return {
    id,
    code,
    name,
    district: word(districts, district),
    unitId,
    level: word(LEVELS, level),
    platform,
    state: word(SITE_STATES, state),
    stateSince: iso(stateSince),
    availability: word(AVAILABILITIES, availability),
    cause,
    since: iso(since),
    v1: word(VERDICTS, v1),
    share,
    v2: word(VERDICTS, v2),
    newest,
    lastVisitAt,
    latencyMs,
    flapping: flapping === 1,
    v3: word(VERDICTS, v3),
  }
}
