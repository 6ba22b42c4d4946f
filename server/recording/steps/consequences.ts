import type { NewFact } from '../../../shared/base/facts.ts'
import { SECOND } from '../../../shared/base/time.ts'
import { certWarning, wantedSeverity } from '../../../shared/desk/alerts/alerts.ts'
import { REACHED_ELSEWHERE } from '../../../shared/monitor/vantages/vantages-rules.ts'
import type { Measured } from '../../base/context.ts'
import { certChange } from '../../desk/alerts/certificates.ts'
import type { SiteChange } from '../../desk/alerts/follow.ts'
import { v2Evidence } from '../../desk/alerts/rules.ts'
import type { MeasuredVisit } from '../../desk/rectifications/verify.ts'
import { siteFact } from '../../monitor/standing/decide.ts'
import type { Visited } from '../../monitor/visit/visited.ts'
import type { VisitRow } from '../../monitor/visit-store/insert.ts'
import { hasChanged, isDoubted, isHeldAgainstNobody, isVisit, outcomeOf, type SiteStep } from './step.ts'

/* What follows from a site's step: the row of its visit, its fact, its alerts, and what rectifications are told. */

const OUTCOME_CODE = { ok: 0, failed: 1, blocked: 2 } as const
const iso = (ms: number) => new Date(ms).toISOString()

export function changeFact(step: SiteStep): NewFact[] {
  const { atMs, row, before, flaps } = step
  if (!hasChanged(step)) return []
  const { state, stateSinceMs, availability, cause, sinceMs, v1, share, v2, v3, newest } = step.after
  const times = { stateSince: iso(stateSinceMs), since: iso(sinceMs) }
  const after = { state, availability, cause, v1, share, v2, v3, newest, flapping: flaps.flapping, ...times }
  return [siteFact(row, { at: iso(atMs), before, after })]
}

const LEGAL_RULES = ['V1', 'V2', 'V3'] as const

/** What the alerts of a site must become; nothing to ask for a site that was well and is. */
export function alertChanges(step: SiteStep): SiteChange[] {
  const { visit, after, flaps, rendered } = step
  if (isDoubted(visit)) return []
  const cert = certChange(visit.siteId, step.row.cert_days_left, step.update.cert_days_left)
  if (!hasChanged(step) && after.state === 'healthy') return cert
  const isDown = after.availability === 'down'
  const facts = { ...after, down: isDown }
  const evidence = {
    DOWN: { cause: after.cause, status: visit.result.status },
    V1: { share: after.share },
    V2: v2Evidence(after.newest, rendered.v2),
    V3: { columns: step.update.v3_counts ?? undefined, ...(rendered.v3 && { rendered: rendered.v3 }) },
  }
  // While a site flaps one alert stands for all of its outages: it is neither resolved nor opened again for each.
  // What was read of a page says nothing of an outage.
  const isLegal = !isVisit(visit) || (flaps.flapping && !isDown) || isUndecided(step)
  const rules = isLegal ? LEGAL_RULES : (['DOWN', ...LEGAL_RULES] as const)
  const changes = rules.map((rule) => ({
    siteId: visit.siteId,
    rule,
    wanted: wantedSeverity(rule, facts),
    evidence: evidence[rule],
    recovered: rule === 'DOWN' && after.availability === 'up',
  }))
  return [...changes, ...cert]
}

/** Why a monitor could not look, that may be otherwise at the next visit. */
const OF_A_MOMENT: readonly (string | null)[] = ['monitor_error', 'aborted']

/**
 * Whether a visit neither confirms an outage nor ends one: a miss that is to be confirmed, a monitor that could not look, a
 * first answer of a firewall. The alert of an outage that was confirmed before, as before a stall, stands until the next
 * that is decided. That a site cannot be looked at by its address, twice in a row, is.
 */
function isUndecided({ visit, before, after }: SiteStep): boolean {
  if (after.availability === 'suspect') return after.cause !== REACHED_ELSEWHERE
  const outcome = outcomeOf(visit.result)
  if (outcome === 'blocked') return after.availability !== 'blocked'
  const { cause } = visit.result
  const isLasting =
    before.availability === 'unknown' && before.cause === cause && !OF_A_MOMENT.includes(cause)
  return outcome === 'unmeasured' && !isLasting
}

/** What rectifications are told of a visit: nothing of a miss of a line in doubt, which is held against nobody. */
export function toFollowed({ visit, after, update }: SiteStep): MeasuredVisit[] {
  if (isDoubted(visit)) return []
  const measured = {
    siteId: visit.siteId,
    atMs: visit.atMs,
    good: visit.result.outcome === 'ok',
    // A page is no visit more: the one that brought it has been counted.
    extra: visit.extra || !isVisit(visit),
    cause: visit.result.cause,
    down: after.availability === 'down',
    certDue: certWarning(update.cert_days_left) !== null,
    v1: after.v1,
    share: after.share,
    v2: after.v2,
    v3: after.v3,
    newest: after.newest,
    // What a browser drew before, and is believed in the place of what was sent now, is no reading of today.
    readAgain: visit.finding !== null && (!visit.finding.drawn || visit.drawn !== undefined),
  }
  return [measured]
}

/** What the pulse says of visits. */
export function toMeasured(visits: readonly Visited[]): Measured[] {
  return visits.map(({ siteId, atMs, result }) => ({
    siteId,
    at: Math.floor(atMs / SECOND),
    latencyMs: result.outcome === 'ok' && result.totalMs !== null ? Math.round(result.totalMs) : null,
  }))
}

export function toVisitRow(visit: Visited): VisitRow {
  const { result } = visit
  return {
    site_id: visit.siteId,
    at: iso(visit.atMs),
    outcome: OUTCOME_CODE[result.outcome],
    cause: result.cause,
    status: result.status,
    extra: visit.extra,
    excluded: isHeldAgainstNobody(visit),
    dns_ms: result.dnsMs,
    connect_ms: result.connectMs,
    tls_ms: result.tlsMs,
    ttfb_ms: result.ttfbMs,
    total_ms: result.totalMs,
    bytes: result.bytes,
  }
}
