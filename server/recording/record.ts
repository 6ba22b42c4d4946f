import { localDay } from '../../shared/base/time.ts'
import { foundBy, type PersonFindingFacts } from '../../shared/monitor/findings/findings.ts'
import { judgeV1, judgeV2, type V1Verdict } from '../../shared/monitor/verdicts/verdicts.ts'
import type { Context } from '../base/context.ts'
import type { Tx } from '../base/db/database.ts'
import { againAfterDeadlock } from '../base/db/deadlock.ts'
import { appendFacts } from '../base/facts/append.ts'
import { followAlerts } from '../desk/alerts/follow.ts'
import { followIncidents } from '../desk/alerts/incidents/incidents.ts'
import { followRectifications, followRelapses } from '../desk/rectifications/verify.ts'
import { type ColumnsVerdict, judgeSites } from '../monitor/columns/judge.ts'
import { storeColumns } from '../monitor/columns/store.ts'
import { followBelief, keepPages, type PreparedPage, preparePages, toKeep } from '../monitor/evidence/keep.ts'
import { believeReadings } from '../monitor/findings/believe.ts'
import { storeImprints } from '../monitor/imprints/store.ts'
import { storeMessageColumns } from '../monitor/messages/queries.ts'
import { type Flaps, flapsOf, nextFlaps } from '../monitor/schedule/flaps.ts'
import { lockSiteStates, type SiteStateRow, updateSiteStates } from '../monitor/schedule/queries.ts'
import { dayOfV2 } from '../monitor/schedule/readings/due.ts'
import { rulesInForce } from '../monitor/verdicts/in-force.ts'
import { judge, judgePage, type Standing } from '../monitor/verdicts/judge.ts'
import { v1Counts } from '../monitor/verdicts/queries.ts'
import type { Visited } from '../monitor/visit/visited.ts'
import { insertVisits, storedVisits } from '../monitor/visit-store/insert.ts'
import { ensureVisitPartitions } from '../monitor/visit-store/partitions.ts'
import { followNotices } from '../register/filings/notices/follow.ts'
import { alertChanges, changeFact, toFollowed, toMeasured, toVisitRow } from './consequences.ts'
import { askElsewhere, markElsewhere } from './elsewhere.ts'
import { quietOf, v1DueMs } from './quiet.ts'
import { isDoubted, isVisit, outcomeOf, type SiteStep } from './step.ts'

const iso = (ms: number) => new Date(ms).toISOString()
const isoOf = (date: Date | null) => date?.toISOString() ?? null

/**
 * Records visits of different sites in full: one transaction for the visits, the sites' new standing, the alerts and rectifications
 * that follow from it, and the facts that tell of it. Stored before shown.
 * @returns each site's new standing, for the schedule to decide on re-checks.
 */
export async function recordVisits(ctx: Context, visits: readonly Visited[]): Promise<Map<number, Standing>> {
  await ensureVisitPartitions(
    ctx.db,
    visits.map((visit) => visit.atMs),
    ctx.clock.now(),
  )
  const pages = await preparePages(visits)
  // Whoever else touches the same alerts and rectifications may come in another order: then once more, and at once.
  const { standings, told } = await againAfterDeadlock(() =>
    ctx.db.transaction().execute(async (tx) => {
      const ids = [...new Set(visits.map((visit) => visit.siteId))]
      const locked = await lockSiteStates(tx, ids, new Date(ctx.clock.now()))
      const rows = new Map(locked.filter((row) => !row.is_paused).map((row) => [row.site_id, row]))
      const before = await storedBefore(tx, visits, rows)
      // A site that left the register or was paused while it was being visited is passed over.
      const there = visits.filter(({ siteId }) => rows.has(siteId) && !before.has(siteId))
      const known = await markElsewhere(tx, await believeReadings(tx, there), rows, ctx.clock.now())
      await followBelief(pages, known, (siteId) => rows.get(siteId)?.kept ?? null)
      await insertVisits(tx, known.filter(isVisit).map(toVisitRow))
      await storeColumns(tx, known)
      await storeImprints(tx, known)
      await storeMessageColumns(tx, known)
      const v1 = await countV1(tx, known, rows, ctx.clock.now())
      const v3 = await judgeColumns(tx, known, rows, ctx.clock.now())
      const steps = known.flatMap((visit) => {
        const row = rows.get(visit.siteId)
        const counted = { v1: v1.get(visit.siteId) ?? null, v3: v3.get(visit.siteId) ?? null }
        return row ? [takeStep(visit, row, counted, pages.get(visit.siteId) ?? null)] : []
      })
      await updateSiteStates(
        tx,
        steps.map((step) => step.update),
      )
      await keepPages(
        tx,
        steps.flatMap((step) => step.kept ?? []),
      )
      const nowMs = ctx.clock.now()
      const alerts = await followAlerts(tx, steps.flatMap(alertChanges), nowMs)
      const incidents = await followIncidents(tx, alerts, nowMs)
      const relapses = await followRelapses(tx, alerts, nowMs)
      const rectifications = await followRectifications(tx, steps.map(toFollowed), nowMs, ctx.config)
      const notices = await followNotices(
        tx,
        known.flatMap(({ siteId, atMs, notice }) => (notice === undefined ? [] : [{ siteId, atMs, notice }])),
      )
      const changes = steps.flatMap(changeFact)
      const facts = [...changes, ...alerts, ...incidents, ...relapses, ...rectifications, ...notices]
      await appendFacts(tx, facts)
      const standings = new Map([...rows].map(([siteId, row]) => [siteId, toStanding(row)]))
      for (const { visit, after } of steps) standings.set(visit.siteId, after)
      return { standings, told: facts.length }
    }),
  )
  if (told > 0) ctx.wake()
  await askElsewhere(ctx, standings)
  ctx.measured(toMeasured(visits.filter(({ siteId }) => standings.has(siteId))))
  return standings
}

/**
 * Sites of which this very visit is stored already: a batch comes once more where the connection broke before it was said that
 * all is stored. It counts once.
 */
async function storedBefore(
  tx: Tx,
  visits: readonly Visited[],
  rows: ReadonlyMap<number, SiteStateRow>,
): Promise<ReadonlySet<number>> {
  const isLast = ({ siteId, atMs }: Visited) =>
    rows.get(siteId)?.last_visit_at?.getTime() === Math.trunc(atMs)
  return storedVisits(tx, visits.filter((visit) => isVisit(visit) && isLast(visit)).map(toVisitRow))
}

async function countV1(
  tx: Tx,
  visits: readonly Visited[],
  rows: ReadonlyMap<number, SiteStateRow>,
  nowMs: number,
): Promise<Map<number, V1Verdict>> {
  const due = visits.filter((visit) => {
    const row = rows.get(visit.siteId)
    if (!row || visit.extra || !isVisit(visit)) return false
    return visit.result.outcome === 'failed' || nowMs >= v1DueMs(row.v1_at, row.share)
  })
  if (due.length === 0) return new Map()
  const counts = await v1Counts(
    tx,
    due.map((visit) => visit.siteId),
    nowMs,
  )
  const rules = rulesInForce()
  return new Map([...counts].map(([siteId, count]) => [siteId, judgeV1(count, rules)]))
}

/** The columns of sites where something of them was seen, and of every site once on each local day. */
function judgeColumns(
  tx: Tx,
  visits: readonly Visited[],
  rows: ReadonlyMap<number, SiteStateRow>,
  nowMs: number,
): Promise<Map<number, ColumnsVerdict>> {
  const today = localDay(nowMs)
  const due = visits.filter((visit) => {
    if (isDoubted(visit)) return false
    const judgedAt = rows.get(visit.siteId)?.v3_at
    return visit.page || !judgedAt || localDay(judgedAt.getTime()) !== today
  })
  return judgeSites(
    tx,
    due.map((visit) => visit.siteId),
    today,
  )
}

/** Verdicts that were counted anew; null: they stand as they were. */
interface Counted {
  readonly v1: V1Verdict | null
  readonly v3: ColumnsVerdict | null
}

function takeStep(visit: Visited, row: SiteStateRow, counted: Counted, copy: PreparedPage | null): SiteStep {
  const { result, finding } = visit
  const atMs = isVisit(visit) ? visit.atMs : Math.max(visit.atMs, row.last_visit_at?.getTime() ?? 0)
  const before = toStanding(row)
  const known = row.finding_outcome
    ? {
        outcome: row.finding_outcome,
        newest: row.finding_newest,
        entrance: row.entrance ?? false,
        ...(row.unseen === null ? {} : { unseen: row.unseen }),
      }
    : null
  const read = foundBy(finding ?? known, saidOf(row), atMs)
  const page = {
    v2: judgeV2(read, finding ? localDay(atMs) : dayOfV2(row, atMs), rulesInForce()),
    v3: counted.v3?.v3 ?? null,
    newest: read?.newest ?? null,
  }
  const after = isVisit(visit)
    ? judge(before, {
        atMs,
        outcome: outcomeOf(result),
        cause: result.cause,
        lineInDoubt: visit.lineInDoubt,
        reachedElsewhere: visit.reachedElsewhere === true,
        missedElsewhere: visit.missedElsewhere === true,
        v1: counted.v1,
        ...page,
      })
    : judgePage(before, page, atMs)
  const lineInDoubt = visit.lineInDoubt || visit.reachedElsewhere === true
  const flaps = isVisit(visit)
    ? nextFlaps(row, { extra: visit.extra, lineInDoubt, outcome: outcomeOf(result) })
    : flapsOf(row)
  const kept = copy && toKeep(visit, copy, row.kept, after)
  const update = { ...toUpdate(row, atMs, after, counted, flaps), ...updateBy(visit, row) }
  const quiet = quietOf({
    atMs,
    row,
    after,
    flaps,
    v1At: counted.v1 ? new Date(atMs) : row.v1_at,
    certDaysLeft: update.cert_days_left,
  })
  return {
    visit,
    atMs,
    row,
    before,
    after,
    flaps,
    kept,
    update: { ...update, ...quiet, kept: kept?.page.shows ?? row.kept },
  }
}

/** A person's finding stands above the monitor's. */
function saidOf({ said_until, said_on, said_machine }: SiteStateRow): PersonFindingFacts | null {
  if (said_until === null) return null
  return { updatedOn: said_on, machineNewest: said_machine, untilMs: said_until.getTime() }
}

function toStanding(row: SiteStateRow): Standing {
  return {
    state: row.state,
    stateSinceMs: row.state_since.getTime(),
    availability: row.availability,
    cause: row.cause,
    sinceMs: row.since.getTime(),
    failStreak: row.fail_streak,
    okStreak: row.ok_streak,
    v1: row.v1,
    share: row.share,
    v2: row.v2,
    v3: row.v3,
    newest: row.newest,
  }
}

/** How the site stands now. */
function toUpdate(row: SiteStateRow, atMs: number, after: Standing, { v1, v3 }: Counted, flaps: Flaps) {
  return {
    site_id: row.site_id,
    state: after.state,
    state_since: iso(after.stateSinceMs),
    availability: after.availability,
    cause: after.cause,
    since: iso(after.sinceMs),
    v1: after.v1,
    share: after.share,
    v1_at: v1 ? iso(atMs) : isoOf(row.v1_at),
    v2: after.v2,
    v3: after.v3,
    v3_counts: v3?.counts ?? row.v3_counts,
    v3_at: v3 ? iso(atMs) : isoOf(row.v3_at),
    newest: after.newest,
    fail_streak: after.failStreak,
    ok_streak: after.okStreak,
    flap_history: flaps.history,
    flapping: flaps.flapping,
  }
}

/** What was seen at the visit, or of a page that was read later only what is its own. */
function updateBy({ result, atMs, finding, ...visit }: Visited, row: SiteStateRow) {
  const isOk = result.outcome === 'ok'
  const isMeasured = isVisit({ result, atMs, finding, ...visit })
  const bodyHash = finding ? result.bodyHash : row.body_hash
  // A server that is asked "only if changed" must not be asked by a page that nobody has read.
  const isKnown = result.notModified || result.bodyHash === bodyHash
  return {
    last_visit_at: iso(atMs),
    last_ok_at: isOk && isMeasured ? iso(atMs) : isoOf(row.last_ok_at),
    latency_ms: isMeasured ? (isOk ? result.totalMs : null) : row.latency_ms,
    status: isMeasured ? result.status : row.status,
    body_hash: bodyHash,
    etag: isKnown ? result.etag : null,
    last_modified: isKnown ? result.lastModified : null,
    cert_days_left: (isMeasured ? result.certDaysLeft : null) ?? row.cert_days_left,
    address: (isMeasured ? result.address : null) ?? row.address,
    certificate: (isMeasured ? result.certificate : null) ?? row.certificate,
    finding,
    finding_at: finding ? iso(atMs) : null,
    page_print: finding ? (visit.print ?? null) : row.page_print,
    goes_with_day: finding ? (visit.goesWithDay ?? true) : row.goes_with_day,
  }
}
