import { type Alert, CERT_WARN_DAYS } from '../../../shared/desk/alerts/alerts.ts'
import type {
  Stage,
  Verification,
  VerificationResult,
} from '../../../shared/desk/rectifications/rectifications.ts'
import { linksSeverity } from '../../../shared/monitor/links/links.ts'
import { storedCauseGroup } from '../../../shared/monitor/visit/probes.ts'
import type { Verdict } from '../../../shared/register/sites/states.ts'
import { rulesInForce } from '../../monitor/verdicts/in-force.ts'

/** A submitted rectification, as far as the monitor's judgement of it goes. */
export interface SubmittedRectification {
  /** Rules of the alerts that it is to cure. */
  readonly rules: readonly string[]
  readonly verification: Verification
  /** Whether the page has been read since the rectification was submitted. */
  readonly wasRead: boolean
  /** Newest date on the page when the V2 alert was raised; null when nothing was dated. */
  readonly newestBefore: string | null
  /** Whether the home page and the own pages of the columns have been read since the rectification was submitted. */
  readonly columnsRead: boolean
  /** What was seen of the columns since then does not show by itself that they are still stale. */
  readonly columnsUnsure: boolean
  /** What the broken links are since the rectification was submitted; `unseen` until they were all visited again. */
  readonly links: 'unseen' | 'broken' | 'mended'
  /** The same of what the rules of the machine had found. */
  readonly problems: 'unseen' | 'there' | 'gone'
}

/** What one visit after the submission found. */
export interface VisitFacts {
  readonly good: boolean
  readonly cause: string | null
  /** A confirmation or a visit by request, which comes at no interval. */
  readonly extra: boolean
  /** The site is confirmed down. */
  readonly down: boolean
  /** The certificate is warned of; absent when none is known. */
  readonly certDue?: boolean
  readonly v1: Verdict
  readonly share: number | null
  readonly v2: Verdict
  readonly v3: Verdict
  readonly newest: string | null
}

export interface RectificationDecision {
  readonly stage: Extract<Stage, 'verifying' | 'closed' | 'returned'>
  readonly verification: Verification
}

const needsVisits = (rules: readonly string[]): boolean => rules.includes('DOWN') || rules.includes('V1')
const needsCert = (rules: readonly string[]): boolean => rules.includes('CERT')
const needsUpdate = (rules: readonly string[]): boolean => rules.includes('V2')
const needsColumns = (rules: readonly string[]): boolean => rules.includes('V3')
const needsLinks = (rules: readonly string[]): boolean => rules.includes('LINKS')
const needsLook = (rules: readonly string[]): boolean => rules.includes('MACHINE')

/**
 * What the monitor has to see before it closes a rectification of these rules.
 * @param goodVisits visits in a row that an outage's rectification needs (configured); one reading is enough for V2.
 */
export function startVerification(rules: readonly string[], goodVisits: number): Verification {
  return {
    goodVisits: 0,
    neededVisits: needsVisits(rules) ? goodVisits : 1,
    result: null,
    cause: null,
    newest: null,
    share: null,
    measuredAt: null,
  }
}

/**
 * The monitor's judgement of a submitted rectification after one more visit: closed when every rule is cured, returned
 * when the site is confirmed down again, its page, read again, is still dormant, its columns, seen again, are still stale or its
 * links, visited again, still broken or what the machine found is found again, otherwise verifying.
 * An answer of a firewall says nothing of the site, for or against it.
 */
export function judgeRectification(
  rectification: SubmittedRectification,
  visit: VisitFacts,
): RectificationDecision {
  const seen = { ...rectification.verification, share: visit.share, newest: visit.newest, cause: visit.cause }
  const verification = { ...seen, goodVisits: countGood(rectification.verification, visit) }
  const as = (
    stage: RectificationDecision['stage'],
    result: VerificationResult | null,
  ): RectificationDecision => ({
    stage,
    verification: { ...verification, result },
  })
  const isMiss = !visit.good && !saysNothing(visit.cause)
  if (needsVisits(rectification.rules) && visit.down && isMiss) return as('returned', 'down_again')
  if (needsUpdate(rectification.rules) && rectification.wasRead && visit.v2 === 'violated')
    return as('returned', 'still_dormant')
  const isStale = !rectification.columnsUnsure && (visit.v3 === 'violated' || visit.v3 === 'warning')
  if (needsColumns(rectification.rules) && rectification.columnsRead && isStale)
    return as('returned', 'columns_still_stale')
  if (needsLinks(rectification.rules) && rectification.links === 'broken')
    return as('returned', 'links_still_broken')
  if (needsLook(rectification.rules) && rectification.problems === 'there')
    return as('returned', 'problems_still_there')
  const isUp =
    !needsVisits(rectification.rules) || (!visit.down && verification.goodVisits >= verification.neededVisits)
  const isFresh =
    !needsUpdate(rectification.rules) || (rectification.wasRead && isUpdated(rectification, visit))
  const isRenewed = !needsCert(rectification.rules) || (visit.good && !visit.certDue)
  const isKept = !needsColumns(rectification.rules) || (rectification.columnsRead && visit.v3 === 'ok')
  const isWhole = !needsLinks(rectification.rules) || rectification.links === 'mended'
  const isClear = !needsLook(rectification.rules) || rectification.problems === 'gone'
  return isUp && isFresh && isRenewed && isKept && isWhole && isClear
    ? as('closed', closingResult(rectification.rules, visit))
    : as('verifying', null)
}

/** Visits by request come as fast as somebody clicks, so they are no proof that a site stays up. */
function countGood(before: Verification, visit: VisitFacts): number {
  if (visit.good) return visit.extra && before.neededVisits > 1 ? before.goodVisits : before.goodVisits + 1
  return saysNothing(visit.cause) ? before.goodVisits : 0
}

function saysNothing(cause: string | null): boolean {
  const group = storedCauseGroup(cause)
  return group === 'blocked' || group === 'monitor'
}

function isUpdated(rectification: SubmittedRectification, visit: VisitFacts): boolean {
  if (visit.v2 !== 'ok' || visit.newest === null) return false
  return rectification.newestBefore === null || visit.newest > rectification.newestBefore
}

function closingResult(rules: readonly string[], visit: VisitFacts): VerificationResult {
  if (!needsVisits(rules)) {
    if (needsUpdate(rules)) return 'page_updated'
    if (needsColumns(rules)) return 'columns_updated'
    if (needsLinks(rules)) return 'links_mended'
    return needsLook(rules) ? 'problems_gone' : 'good_visits'
  }
  if (needsUpdate(rules)) return 'good_and_updated'
  return visit.v1 === 'violated' || visit.v1 === 'warning' ? 'good_share_decaying' : 'good_visits'
}

/**
 * Whether an alert that came up means that the site fails by its rule; an early warning does not. The severity says so
 * only of verdicts: that of a portal is raised by a step, which never makes a warning of them critical.
 */
export function isFailure({
  rule,
  severity,
  evidence,
}: Pick<Alert, 'rule' | 'severity' | 'evidence'>): boolean {
  if (rule === 'DOWN') return true
  if (rule === 'LINKS' && evidence.broken) return linksSeverity(evidence.broken, rulesInForce()) === 'major'
  if (rule === 'MACHINE') return severity !== 'minor'
  if (rule === 'CERT' && evidence.within !== undefined) return evidence.within <= Math.min(...CERT_WARN_DAYS)
  return severity === 'critical'
}
