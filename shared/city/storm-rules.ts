import { DAY, MINUTE } from '../base/time.ts'
import type { Alert } from '../desk/alerts/alerts.ts'
import type { SiteState } from '../register/sites/states.ts'
import type { Board, BoardSite } from './board-rules.ts'

/** When many failures are one event that a wall puts before everything else. */
export const STORM = {
  /** So many sites that fall within this time are a storm. */
  sites: 8,
  withinMs: 5 * MINUTE,
  /** It is over when fewer of its sites are still down: less than it took to begin, so that it does not come and go. */
  endsBelow: 4,
  /** What began long before the rest, by itself, is not its beginning. */
  aloneMs: MINUTE,
  /** After so long it is no event any more but how things are; each site is dead by then. */
  lastsMs: DAY,
  /** A platform that so large a part of its sites share is named as the common one. */
  commonShare: 0.5,
} as const

/** Sites that fell together, whether they are still down or not. Times in epoch ms. */
export interface Storm {
  readonly sinceMs: number
  /** Site and when it fell. */
  readonly members: ReadonlyMap<number, number>
  /** Shared failures that the monitor has found among them. */
  readonly incidents: ReadonlySet<number>
}

interface Fall {
  readonly siteId: number
  readonly atMs: number
}

export type StormBoard = Pick<Board, 'sites' | 'alerts'>

/**
 * The storms of a board: eight or more sites that fell within five minutes, or a shared failure that lives. Pure;
 * `before` is what the same function said last, so that those that have recovered since still count as part of it
 * and it ends later than it would begin.
 */
export function followStorms(before: readonly Storm[], board: StormBoard, nowMs: number): Storm[] {
  const falls = fallsOf(before, board, nowMs)
  const incidents = incidentsOf(board)
  const storms = denseRuns(falls).map((run) => begin(run, incidents))
  const taken = new Set(storms.flatMap(({ members }) => [...members.keys()]))
  for (const [incidentId, siteIds] of incidents) {
    const rest = falls.filter(({ siteId }) => siteIds.has(siteId) && !taken.has(siteId))
    if (rest.length === 0) continue
    const home = storms.findIndex((storm) => storm.incidents.has(incidentId))
    const found = storms[home]
    // Who falls later for the same reason belongs to it, and does not make it begin earlier.
    if (found) storms[home] = { ...found, members: withFalls(found.members, rest) }
    else storms.push(begin(rest, incidents))
  }
  const all = new Set(storms.flatMap(({ members }) => [...members.keys()]))
  return [...storms, ...carriedOn(before, falls, all)]
    .filter((storm) => isAlive(storm, board, incidents))
    .sort((a, b) => downOf(b, board).length - downOf(a, board).length || b.sinceMs - a.sinceMs)
}

/** Who is down, and who was part of a storm and is well again, in the order in which they fell. */
function fallsOf(before: readonly Storm[], { sites }: StormBoard, nowMs: number): Fall[] {
  const at = new Map<number, number>()
  for (const { members } of before) {
    for (const [siteId, atMs] of members) {
      const site = sites.get(siteId)
      if (site && site.availability !== 'paused') at.set(siteId, atMs)
    }
  }
  for (const site of sites.values()) {
    if (site.availability === 'down' && !at.has(site.id)) at.set(site.id, Date.parse(site.since))
  }
  return [...at]
    .map(([siteId, atMs]) => ({ siteId, atMs }))
    .filter(({ atMs }) => nowMs - atMs < STORM.lastsMs)
    .sort((a, b) => a.atMs - b.atMs || a.siteId - b.siteId)
}

/** Falls that are so dense that they are one event, each run of them by itself. */
function denseRuns(falls: readonly Fall[]): Fall[][] {
  const isDense = falls.map(() => false)
  let last = 0
  falls.forEach(({ atMs }, first) => {
    last = Math.max(last, first)
    while ((falls[last + 1]?.atMs ?? Number.POSITIVE_INFINITY) - atMs <= STORM.withinMs) last += 1
    if (last - first + 1 >= STORM.sites) isDense.fill(true, first, last + 1)
  })
  const runs: Fall[][] = []
  falls.forEach((fall, index) => {
    if (!isDense[index]) return
    const run = runs.at(-1)
    const isNext =
      run && index > 0 && isDense[index - 1] && fall.atMs - (run.at(-1)?.atMs ?? 0) <= STORM.withinMs
    if (isNext) run.push(fall)
    else runs.push([fall])
  })
  return runs.map(withoutForerunners)
}

/** Without what fell alone some minutes before the rest, as long as the rest is a storm without it. */
function withoutForerunners(run: Fall[]): Fall[] {
  let first = 0
  while (
    run.length - first > STORM.sites &&
    (run[first + 1]?.atMs ?? 0) - (run[first]?.atMs ?? 0) > STORM.aloneMs
  ) {
    first += 1
  }
  return run.slice(first)
}

/** Sites of each shared failure that lives: one that the board tells of, or of which several sites speak. */
function incidentsOf({ alerts }: StormBoard): Map<number, Set<number>> {
  const found = new Map<number, Set<number>>()
  const told = new Set<number>()
  for (const { rule, incidentId, siteId } of alerts.values()) {
    // What sites have in common by what was found on them is no failure of theirs.
    if (!incidentId || rule === 'MACHINE') continue
    if (rule === 'PLATFORM') told.add(incidentId)
    else if (siteId !== null) found.set(incidentId, (found.get(incidentId) ?? new Set()).add(siteId))
  }
  return new Map([...found].filter(([id, siteIds]) => told.has(id) || siteIds.size > 1))
}

function begin(falls: readonly Fall[], incidents: ReadonlyMap<number, ReadonlySet<number>>): Storm {
  const members = withFalls(new Map(), falls)
  const own = [...incidents].filter(([, siteIds]) => falls.some(({ siteId }) => siteIds.has(siteId)))
  return { sinceMs: falls[0]?.atMs ?? 0, members, incidents: new Set(own.map(([id]) => id)) }
}

const withFalls = (members: ReadonlyMap<number, number>, falls: readonly Fall[]): Map<number, number> =>
  new Map([...members, ...falls.map(({ siteId, atMs }) => [siteId, atMs] as const)])

/**
 * Storms that were there and would not begin now, as sites of theirs were paused or left the register: they end by
 * their own rule.
 */
function carriedOn(before: readonly Storm[], falls: readonly Fall[], taken: ReadonlySet<number>): Storm[] {
  return before
    .filter(({ members }) => ![...members.keys()].some((siteId) => taken.has(siteId)))
    .flatMap((storm) => {
      const left = falls.filter(({ siteId }) => storm.members.has(siteId))
      return left.length > 0 ? [{ ...storm, members: withFalls(new Map(), left) }] : []
    })
}

/** While the monitor holds a shared failure to be going on, or enough of its sites are down. */
function isAlive(storm: Storm, board: StormBoard, incidents: ReadonlyMap<number, unknown>): boolean {
  const down = downOf(storm, board).length
  return down >= STORM.endsBelow || (down > 0 && [...storm.incidents].some((id) => incidents.has(id)))
}

const downOf = ({ members }: Storm, { sites }: StormBoard): BoardSite[] =>
  [...members.keys()].flatMap((siteId) => {
    const site = sites.get(siteId)
    return site?.availability === 'down' ? [site] : []
  })

/** How many share something, the most first. */
export interface Share {
  readonly key: string
  readonly n: number
}

/** What is said of a storm. */
export interface StormReport {
  readonly sinceMs: number
  /** Sites that are down now. */
  readonly down: number
  readonly recovered: number
  /** Of those that are down, how many nobody has taken on. */
  readonly waiting: number
  readonly worst: Extract<SiteState, 'dead' | 'down'>
  readonly groups: readonly Share[]
  readonly causes: readonly Share[]
  /** What most of them share, and how many of those that are down do; null: nothing. */
  readonly common: (Share & { readonly kind: 'platform' | 'address' | 'certificate' }) | null
}

/** @param isOpen whether nobody has taken on what is wrong with a site. */
export function reportStorm(
  storm: Storm,
  board: StormBoard,
  platforms: readonly string[],
  isOpen: (siteId: number) => boolean,
): StormReport {
  const down = downOf(storm, board)
  return {
    sinceMs: storm.sinceMs,
    down: down.length,
    recovered: storm.members.size - down.length,
    waiting: down.filter(({ id }) => isOpen(id)).length,
    worst: down.some(({ state }) => state === 'down') ? 'down' : 'dead',
    groups: tally(down, ({ district }) => district),
    causes: tally(down, ({ cause }) => cause),
    common: commonOf(storm, down, board, platforms),
  }
}

function tally(sites: readonly BoardSite[], keyOf: (site: BoardSite) => string | null): Share[] {
  const counts = new Map<string, number>()
  for (const site of sites) {
    const key = keyOf(site)
    if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return [...counts].map(([key, n]) => ({ key, n })).sort((a, b) => b.n - a.n)
}

/** What the monitor has found to be shared, else the platform of at least half of them. */
function commonOf(
  { incidents }: Storm,
  down: readonly BoardSite[],
  { alerts }: StormBoard,
  platforms: readonly string[],
): StormReport['common'] {
  const found = largestIncident(incidents, down, alerts)
  if (found) return found
  const [first] = tally(down, ({ platform }) => platforms[platform] ?? null)
  return first && first.n >= 2 && first.n >= down.length * STORM.commonShare
    ? { ...first, kind: 'platform' }
    : null
}

function largestIncident(
  incidents: ReadonlySet<number>,
  down: readonly BoardSite[],
  alerts: ReadonlyMap<number, Alert>,
): StormReport['common'] {
  const downIds = new Set(down.map(({ id }) => id))
  const all = [...alerts.values()]
  const found = all.flatMap(({ rule, incidentId, evidence: { kind, key } }) => {
    if (rule !== 'PLATFORM' || incidentId === null || !incidents.has(incidentId)) return []
    if (!kind || kind === 'source' || !key) return []
    const n = all.filter((one) => one.incidentId === incidentId && downIds.has(one.siteId ?? 0)).length
    return [{ kind, key, n }]
  })
  return found.reduce<StormReport['common']>((most, one) => (one.n > (most?.n ?? 0) ? one : most), null)
}
