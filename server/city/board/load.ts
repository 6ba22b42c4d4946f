import { sql } from 'kysely'
import type { Fact } from '../../../shared/base/facts.ts'
import { DAY } from '../../../shared/base/time.ts'
import {
  type Board,
  type BoardSite,
  countSite,
  emptyBoard,
  TALLY_DAYS,
  type Tally,
} from '../../../shared/city/board.ts'
import { limitsOf } from '../../../shared/monitor/verdicts/rule-set.ts'
import { type Installation, installationOf } from '../../../shared/people/settings/settings.ts'
import type { Db } from '../../base/db/database.ts'
import { lastSeq, markAt } from '../../base/facts/log.ts'
import { inSlices, type Steps } from '../../base/slices.ts'
import { missedOutages } from '../../desk/alerts/look.ts'
import { listLiveAlerts } from '../../desk/alerts/queries.ts'
import { listOpenRectifications } from '../../desk/rectifications/queries.ts'
import { rulesInForce } from '../../monitor/verdicts/in-force.ts'
import { followSettings } from '../../people/settings/settings.ts'
import { namedPlaces, type Places } from '../../register/divisions/area.ts'
import { editionInForce } from '../../register/rule-editions/in-force.ts'
import { listFacts } from '../facts/queries.ts'
import { loadTree, type PlaceTree } from '../levels/places.ts'

/** The board as the tables say, the words its rows refer to, and the last facts. */
export interface Loaded {
  board: Board
  /** The last fact that it was loaded with, and which that is: null where the log has none of that number. */
  upTo: { readonly seq: number; readonly mark: string | null }
  platforms: string[]
  /** The area and its groups, in the order of the wall. */
  places: Places
  /** What its sites lie in. */
  tree: PlaceTree
  installation: Installation
  recent: Fact[]
  demo: boolean
}

/** Facts that a new client's ticker begins with. */
const RECENT = 40

/**
 * Loads the whole board in one repeatable-read transaction, so that its number and its contents agree.
 */
export function loadBoard(db: Db, nowMs: number): Promise<Loaded> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      const board = emptyBoard()
      board.seq = await lastSeq(tx)
      const tree = await loadTree(tx)
      const rows = await siteRows(tx)
      const platforms = [...new Set(rows.flatMap((row) => row.platform ?? []))].sort()
      await inSlices(takeSites(board, rows, { platforms, tree }))
      const demo = rows.some((row) => row.demo)
      for (const alert of await listLiveAlerts(tx)) board.alerts.set(alert.id, alert)
      for (const rectification of await listOpenRectifications(tx))
        board.rectifications.set(rectification.id, rectification)
      for (const { siteId, ...tally } of await loadTally(tx, nowMs)) board.tally.set(siteId, tally)
      for (const { id, siteId } of await missedOutages(tx)) board.missed.set(id, siteId)
      const recent = (await listFacts(tx, { kind: 'city' }, { limit: RECENT })).reverse()
      const installation = installationOf(
        await followSettings(tx),
        editionInForce().code,
        limitsOf(rulesInForce()),
      )
      const upTo = { seq: board.seq, mark: await markAt(tx, board.seq) }
      return { board, upTo, platforms, places: await namedPlaces(tx), tree, installation, recent, demo }
    })
}

/** Rows read in one go: in the milliseconds in which they come to be objects, nobody else has a turn. */
const ROWS = 2_000

/** All sites in the order of their codes. */
async function siteRows(db: Db): Promise<Row[]> {
  const all: Row[] = []
  for (let after = '', more = true; more; ) {
    const rows = await rowsAfter(db, after)
    all.push(...rows)
    after = rows.at(-1)?.code ?? after
    more = rows.length === ROWS
  }
  return all
}

const rowsAfter = (db: Db, code: string) =>
  db
    .selectFrom('site')
    .innerJoin('site_state as state', 'state.site_id', 'site.id')
    .select([
      'site.id',
      'site.code',
      'site.name',
      'site.district',
      'site.division',
      'site.unit_id',
      'site.level',
      'site.platform',
      'site.demo',
      'state.state',
      'state.state_since',
      'state.availability',
      'state.cause',
      'state.since',
      'state.v1',
      'state.share',
      'state.v2',
      'state.v3',
      'state.newest',
      'state.last_visit_at',
      'state.latency_ms',
      'state.flapping',
    ])
    .where('site.code', '>', code)
    .orderBy('site.code')
    .limit(ROWS)
    .execute()
type Row = Awaited<ReturnType<typeof rowsAfter>>[number]

/** Puts sites on a board and counts them: of a nation more work than others may wait for. */
function* takeSites(
  board: Board,
  rows: readonly Row[],
  { platforms, tree }: Pick<Loaded, 'platforms' | 'tree'>,
): Steps<void> {
  const numbers = new Map(platforms.map((platform, number) => [platform, number]))
  for (const row of rows) {
    const site = siteOf(row, row.platform === null ? -1 : (numbers.get(row.platform) ?? -1), tree)
    board.sites.set(site.id, site)
    countSite(board.counts, site)
    yield
  }
}

const siteOf = (row: Row, platform: number, tree: PlaceTree): BoardSite => ({
  id: row.id,
  code: row.code,
  name: row.name,
  district: row.district,
  unitId: row.unit_id,
  level: row.level,
  platform,
  state: row.state,
  stateSince: row.state_since.toISOString(),
  availability: row.availability,
  cause: row.cause,
  since: row.since.toISOString(),
  v1: row.v1,
  share: row.share,
  v2: row.v2,
  v3: row.v3,
  newest: row.newest,
  lastVisitAt: row.last_visit_at ? Math.floor(row.last_visit_at.getTime() / 1000) : 0,
  latencyMs: row.latency_ms === null ? null : Math.round(row.latency_ms),
  flapping: row.flapping,
  within: tree.within(row),
})

async function loadTally(db: Db, nowMs: number): Promise<(Tally & { siteId: number })[]> {
  const since = new Date(nowMs - TALLY_DAYS * DAY)
  return db
    .selectFrom('rectification')
    .select([
      'rectification.site_id as siteId',
      sql<number>`count(*)`.as('raised'),
      sql<number>`count(*) filter (where rectification.stage = 'closed')`.as('closed'),
    ])
    .where('rectification.raised_at', '>=', since)
    .groupBy('rectification.site_id')
    .execute()
}
