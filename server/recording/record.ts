import { localDay } from '../../shared/base/time.ts'
import { judgeV1, type V1Verdict } from '../../shared/monitor/verdicts/verdicts.ts'
import type { Context } from '../base/context.ts'
import type { Tx } from '../base/db/database.ts'
import { againAfterDeadlock } from '../base/db/deadlock.ts'
import { appendFacts } from '../base/facts/append.ts'
import { followAlerts } from '../desk/alerts/follow.ts'
import { followIncidents } from '../desk/alerts/incidents/incidents.ts'
import { followRectifications, followRelapses } from '../desk/rectifications/verify.ts'
import { type ColumnsVerdict, judgeSites } from '../monitor/columns/judge.ts'
import { storeColumns } from '../monitor/columns/store.ts'
import { followBelief, keepPages, preparePages } from '../monitor/evidence/keep.ts'
import { believeReadings } from '../monitor/findings/believe.ts'
import { storeImprints } from '../monitor/imprints/store.ts'
import { storeMessageColumns } from '../monitor/messages/queries.ts'
import { askColumns } from '../monitor/rendering/columns.ts'
import { askHomes, believeDrawn } from '../monitor/rendering/store.ts'
import { lockSiteStates, type SiteStateRow, updateSiteStates } from '../monitor/schedule/queries.ts'
import { rulesInForce } from '../monitor/verdicts/in-force.ts'
import type { Standing } from '../monitor/verdicts/judge.ts'
import { v1Counts } from '../monitor/verdicts/queries.ts'
import type { Visited } from '../monitor/visit/visited.ts'
import { insertVisits, storedVisits } from '../monitor/visit-store/insert.ts'
import { ensureVisitPartitions } from '../monitor/visit-store/partitions.ts'
import { followNotices } from '../register/filings/notices/follow.ts'
import { askElsewhere, markElsewhere } from './elsewhere.ts'
import { v1DueMs } from './quiet.ts'
import { alertChanges, changeFact, toFollowed, toMeasured, toVisitRow } from './steps/consequences.ts'
import { isDoubted, isVisit } from './steps/step.ts'
import { takeStep, toStanding } from './steps/take-step.ts'

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
      const late = there.filter(isLate(rows, ctx.clock.now()))
      const due = there.filter((visit) => !late.includes(visit))
      const remembered = await believeDrawn(tx, await believeReadings(tx, due), rows)
      const known = await markElsewhere(tx, remembered, rows, ctx.clock.now())
      await followBelief(pages, known, (siteId) => rows.get(siteId)?.kept ?? null)
      await insertVisits(tx, [...late, ...known.filter(isVisit)].map(toVisitRow))
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
      await askHomes(
        tx,
        steps.flatMap(({ visit, order }) => (order ? [{ siteId: visit.siteId, cause: order }] : [])),
        nowMs,
      )
      await askColumns(
        tx,
        steps.flatMap(({ visit, columns }) =>
          columns.length > 0 ? [{ siteId: visit.siteId, columns }] : [],
        ),
        nowMs,
      )
      const alerts = await followAlerts(tx, steps.flatMap(alertChanges), nowMs)
      const incidents = await followIncidents(tx, alerts, nowMs)
      const relapses = await followRelapses(tx, alerts, nowMs)
      const rectifications = await followRectifications(tx, steps.flatMap(toFollowed), nowMs, ctx.config)
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
 * Whether a later visit, of another monitor, is recorded already: where one hangs or waits for the database, they come in
 * another order than they were made in. This one was made all the same: it is kept, and V1 adds it up when it is counted next. But it is not
 * judged, since how the site stands is what was seen of it last. A last visit that is yet to come is the word of a clock
 * that was wrong: it keeps none from being judged.
 */
const isLate = (rows: ReadonlyMap<number, SiteStateRow>, nowMs: number) => (visit: Visited) => {
  const lastMs = rows.get(visit.siteId)?.last_visit_at?.getTime()
  return isVisit(visit) && lastMs !== undefined && lastMs > visit.atMs && lastMs <= nowMs
}

/**
 * Sites of which this very visit is stored already: a batch comes once more where the connection broke before it was said that
 * all is stored, and others may have visited the site meanwhile. It counts once. And sites of which something newer is known than
 * what was read now of a page that waited for long: another monitor was quicker with the next one.
 */
async function storedBefore(
  tx: Tx,
  visits: readonly Visited[],
  rows: ReadonlyMap<number, SiteStateRow>,
): Promise<ReadonlySet<number>> {
  const isNothingNew = ({ siteId, atMs }: Visited) =>
    (rows.get(siteId)?.last_visit_at?.getTime() ?? Number.NEGATIVE_INFINITY) >= Math.trunc(atMs)
  const isOld = ({ siteId, atMs }: Visited) => {
    const known = rows.get(siteId)?.finding_at?.getTime()
    return known !== undefined && known > atMs
  }
  const stored = await storedVisits(
    tx,
    visits.filter((visit) => isVisit(visit) && isNothingNew(visit)).map(toVisitRow),
  )
  const old = visits.filter((visit) => !isVisit(visit) && !visit.drawn && isOld(visit))
  return new Set([...stored, ...old.map(({ siteId }) => siteId)])
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
