import type { Fact } from '../../../shared/base/facts.ts'
import { applyFact, type Board, type BoardSite } from '../../../shared/city/board.ts'
import { alert } from '../../../shared/desk/alerts/alerts.ts'
import { type SiteFacts, siteFacts } from '../../../shared/monitor/standing/facts.ts'
import type { Steps } from '../../base/slices.ts'
import { asKnown } from '../../desk/facts/told.ts'

/** What facts alone say of a site; the rest is the register's. */
const NOBODY: PastPlace = {
  ...{ code: '', name: '', district: '', within: [] },
  ...{ unitId: 0, level: 'street', platform: -1 },
}

/** What the register says of a site. */
export type PastPlace = Pick<BoardSite, 'code' | 'name' | 'district' | 'unitId' | 'level' | 'platform'> & {
  readonly within: readonly string[]
}

/** A site of which nothing is known yet but when it came. */
export function untold(since: string): SiteFacts {
  return {
    state: 'unknown',
    stateSince: since,
    availability: 'unknown',
    cause: null,
    since,
    v1: 'insufficient',
    share: null,
    v2: 'insufficient',
    v3: 'insufficient',
    newest: null,
    flapping: false,
  }
}

/**
 * A row of the board of the past, where visits are not known any more. It is written out: spread from its parts an object of so many
 * fields becomes a dictionary, which takes V8 thirty times as long, and a nation has 84,000.
 */
export const pastSite = (place: PastPlace, id: number, facts: SiteFacts): BoardSite => ({
  id,
  code: place.code,
  name: place.name,
  district: place.district,
  unitId: place.unitId,
  level: place.level,
  platform: place.platform,
  state: facts.state,
  stateSince: facts.stateSince,
  availability: facts.availability,
  cause: facts.cause,
  since: facts.since,
  v1: facts.v1,
  share: facts.share,
  v2: facts.v2,
  v3: facts.v3,
  newest: facts.newest,
  flapping: facts.flapping,
  lastVisitAt: 0,
  latencyMs: null,
  within: place.within,
})

/**
 * Brings `board` on by these facts. Unlike in a live board, sites need not be there first: facts may be older than
 * the register that the board will be laid over.
 */
export function fold(board: Board, facts: readonly Fact[]): void {
  for (const fact of facts) {
    if (fact.kind === 'site.changed' && fact.siteId !== null && !board.sites.has(fact.siteId)) {
      board.sites.set(fact.siteId, pastSite(NOBODY, fact.siteId, untold(fact.at)))
    }
    applyFact(board, fact)
  }
}

/** Only what facts have said, so that it can be kept whatever becomes of the register. */
export interface Folded {
  readonly seq: number
  readonly sites: readonly (readonly [id: number, facts: SiteFacts])[]
  readonly alerts: Board['alerts'] extends Map<number, infer A> ? readonly A[] : never
  readonly rectifications: Board['rectifications'] extends Map<number, infer R> ? readonly R[] : never
}

export function toFolded(board: Board): Folded {
  return { ...withoutSites(board), sites: [...board.sites.values()].map(foldedSite) }
}

const withoutSites = ({ seq, alerts, rectifications }: Board): Omit<Folded, 'sites'> => ({
  seq,
  alerts: [...alerts.values()],
  rectifications: [...rectifications.values()],
})
const foldedSite = (site: BoardSite) => [site.id, factsOf(site)] as const

/** Sites that stand on one line. */
const ON_A_LINE = 500

/** A folded board as JSON, whose lines can be read one by one: at once it would be the work of a large part of a second. */
export function* written(board: Board): Steps<string> {
  const head = JSON.stringify(withoutSites(board)).slice(0, -1)
  const lines: string[] = []
  const sites = [...board.sites.values()]
  for (let at = 0; at < sites.length; at += ON_A_LINE) {
    lines.push(JSON.stringify(sites.slice(at, at + ON_A_LINE).map(foldedSite)).slice(1, -1))
    yield
  }
  return `${head},"sites":[\n${lines.join(',\n')}\n]}`
}

/** What was written; it may stand on one line, as it was written once. */
export function* readBack(text: string): Steps<Folded> {
  const [head = '', ...lines] = text.split('\n')
  if (lines.length === 0) return JSON.parse(head) as Folded
  const folded = JSON.parse(`${head}]}`) as Folded
  const sites: Folded['sites'][number][] = []
  for (const line of lines.slice(0, -1)) {
    sites.push(...(JSON.parse(`[${line.endsWith(',') ? line.slice(0, -1) : line}]`) as Folded['sites']))
    yield
  }
  return { ...folded, sites }
}

/** A board to fold on; its tally is empty, as it is counted anew for the instant asked for. */
export function* fromFolded({ seq, sites: folded, alerts, rectifications }: Folded): Steps<Board> {
  const sites: Board['sites'] = new Map()
  for (const [id, facts] of folded) {
    sites.set(id, pastSite(NOBODY, id, facts))
    yield
  }
  return {
    seq,
    sites,
    alerts: new Map(alerts.map((one) => [one.id, one])),
    rectifications: new Map(rectifications.map((one) => [one.id, one])),
    tally: new Map(),
    missed: new Map(),
    counts: new Map(),
    figures: null,
  }
}

const FACTS = Object.keys(siteFacts.shape) as (keyof SiteFacts)[]

/** What facts of long ago do not say is as the schema has it. Most sites of a nation have changed since, and say all of it. */
export function* complete(board: Board): Steps<void> {
  for (const [id, site] of board.sites) {
    if (FACTS.some((key) => site[key] === undefined))
      board.sites.set(id, { ...site, ...asKnown(siteFacts, factsOf(site)) })
    yield
  }
  for (const [id, one] of board.alerts) {
    board.alerts.set(id, asKnown(alert, one))
    yield
  }
}

export function factsOf(site: BoardSite): SiteFacts {
  const { state, stateSince, availability, cause, since, v1, share, v2, v3, newest, flapping } = site
  return { state, stateSince, availability, cause, since, v1, share, v2, v3, newest, flapping }
}
