import { localDay } from '../../../shared/base/time.ts'
import { foundBy, type PersonFindingFacts } from '../../../shared/monitor/findings/findings.ts'
import { judgeV2, type V1Verdict } from '../../../shared/monitor/verdicts/verdicts.ts'
import type { Verdict } from '../../../shared/register/sites/states.ts'
import type { ColumnsVerdict } from '../../monitor/columns/judge.ts'
import { type PreparedPage, toKeep } from '../../monitor/evidence/keep.ts'
import { neglectedRendered, undrawn } from '../../monitor/rendering/columns.ts'
import { heldBack } from '../../monitor/rendering/rules.ts'
import { homeRendered, mustBeDrawn, toOrder } from '../../monitor/rendering/store.ts'
import { type Flaps, flapsOf, nextFlaps } from '../../monitor/schedule/flaps.ts'
import type { SiteStateRow } from '../../monitor/schedule/queries.ts'
import { dayOfV2 } from '../../monitor/schedule/readings/due.ts'
import { rulesInForce } from '../../monitor/verdicts/in-force.ts'
import { judge, judgePage, type Standing } from '../../monitor/verdicts/judge.ts'
import { READER } from '../../monitor/visit/reading/print.ts'
import type { Visited } from '../../monitor/visit/visited.ts'
import { quietOf } from '../quiet.ts'
import { isVisit, outcomeOf, type SiteStep } from './step.ts'

const iso = (ms: number) => new Date(ms).toISOString()
const isoOf = (date: Date | null) => date?.toISOString() ?? null

/** Verdicts that were counted anew; null: they stand as they were. */
export interface Counted {
  readonly v1: V1Verdict | null
  readonly v3: ColumnsVerdict | null
}

/** How a visit, or what was read of a page, has its site stand. Pure. */
export function takeStep(
  visit: Visited,
  row: SiteStateRow,
  counted: Counted,
  copy: PreparedPage | null,
): SiteStep {
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
  const seen = finding ?? known
  const read = foundBy(seen, saidOf(row), atMs)
  const judged = judgeV2(read, finding ? localDay(atMs) : dayOfV2(row, atMs), rulesInForce())
  const isHeld = judged === 'violated' && mustBeDrawn(row, visit, atMs)
  const page = {
    v2: isHeld ? heldBack(before.v2) : judged,
    v3: v3Of(row, before, counted.v3, atMs),
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
    rendered: {
      // What a person says of a page rests on none that the monitor saw.
      v2: read === seen ? homeRendered(row, visit, atMs) : null,
      v3: counted.v3 && neglectedRendered(counted.v3.neglected, row.can_render, atMs),
    },
    columns: columnsToDraw(row, before, counted.v3, atMs),
    order: toOrder(row, visit, { isHeld, isNews: before.v2 !== 'violated' }),
    update: { ...update, ...quiet, kept: kept?.page.shows ?? row.kept },
  }
}

/** V3 as it was judged, unless pages of columns that it rests on are to be drawn first. */
function v3Of(
  row: SiteStateRow,
  before: Standing,
  judged: ColumnsVerdict | null,
  atMs: number,
): Verdict | null {
  if (judged?.v3 !== 'violated' || !row.can_render) return judged?.v3 ?? null
  return undrawn(judged.neglected, atMs).length > 0 ? heldBack(before.v3) : 'violated'
}

/** Pages of columns that are to be drawn: before it is told of them, and once where it was told long ago. */
function columnsToDraw(
  row: SiteStateRow,
  before: Standing,
  judged: ColumnsVerdict | null,
  atMs: number,
): SiteStep['columns'] {
  if (judged?.v3 !== 'violated' || !row.can_render) return []
  const some = undrawn(judged.neglected, atMs)
  return before.v3 === 'violated' ? some.filter(({ drawnAt }) => drawnAt === null) : some
}

/** A person's finding stands above the monitor's. */
function saidOf({ said_until, said_on, said_machine }: SiteStateRow): PersonFindingFacts | null {
  if (said_until === null) return null
  return { updatedOn: said_on, machineNewest: said_machine, untilMs: said_until.getTime() }
}

export function toStanding(row: SiteStateRow): Standing {
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
  // What a browser drew says nothing of the bytes by which the page is known again.
  const isSent = finding !== null && !visit.drawn
  const bodyHash = isSent ? result.bodyHash : row.body_hash
  // A server that is asked "only if changed" must not be asked by a page that nobody has read.
  const isKnown = result.notModified || result.bodyHash === bodyHash
  return {
    last_visit_at: isMeasured ? iso(atMs) : isoOf(row.last_visit_at),
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
    read_at: isSent ? iso(atMs) : null,
    read_by: isSent ? READER : null,
    page_print: isSent ? (visit.print ?? null) : row.page_print,
    goes_with_day: isSent ? (visit.goesWithDay ?? true) : row.goes_with_day,
  }
}
