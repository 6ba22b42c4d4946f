import { addDays, daysBetween } from '../../base/time.ts'
import type { Verdict } from '../../register/sites/states.ts'
import type { Finding, FindingOutcome, Freshness } from '../freshness/freshness.ts'
import type { RuleSet } from './rule-set.ts'

/**
 * Visits of the window before the monitoring time point. Excluded visits (a firewall answered, the monitor's
 * own line was in doubt, filed downtime) are in none of these numbers.
 */
export interface V1Counts {
  readonly total: number
  readonly failed: number
  /** Visits in each of the window's 24-hour blocks, newest first. */
  readonly perDay: readonly number[]
}

export interface V1Verdict {
  readonly verdict: Verdict
  /** Failed share in per cent, two decimals; null without visits. */
  readonly share: number | null
}

/**
 * V1 站点无法访问. Whole numbers are compared, so that 8 of 168 (4.76 %) is a warning and 5 of 100 is a veto.
 * Fewer than 20 visits in any day of the window: insufficient, never a pass.
 */
export function judgeV1(
  counts: V1Counts,
  rules: Pick<RuleSet, 'v1VetoPercent' | 'v1WarnPercent' | 'v1MinPerDay' | 'v1WindowDays'>,
): V1Verdict {
  const { total, failed } = counts
  const share = total === 0 ? null : Math.round((failed * 10_000) / total) / 100
  const days = Array.from({ length: rules.v1WindowDays }, (_, i) => counts.perDay[i] ?? 0)
  if (days.some((visits) => visits < rules.v1MinPerDay)) return { verdict: 'insufficient', share }
  if (failed * 100 >= total * rules.v1VetoPercent) return { verdict: 'violated', share }
  if (failed * 100 >= total * rules.v1WarnPercent) return { verdict: 'warning', share }
  return { verdict: 'ok', share }
}

/**
 * V2 网站不更新, from what the reader found on the home page. The window is inclusive of its first day (the
 * table's own example counts January 1 into "2 months before March 1"), so an item dated 14 days ago still
 * counts. A page without dates counts as not updated ("未注明信息发布时间的视为不更新"); one that cannot be read
 * is not judged, nor is an entrance whose second-level pages ("检查所有二级页面") were not all read, nor a page of which
 * part was not seen, unless what was read shows an item that is new enough.
 */
export function judgeV2(
  finding: Pick<Finding, 'outcome' | 'newest' | 'entrance' | 'unseen'> | null,
  today: string,
  rules: Pick<RuleSet, 'v2VetoDays' | 'v2WarnDays'>,
): Verdict {
  if (!finding || finding.outcome === 'unreadable') return 'insufficient'
  const ifNothingNew = finding.entrance || finding.unseen !== undefined ? 'insufficient' : 'violated'
  if (finding.outcome === 'undated' || finding.newest === null) return ifNothingNew
  const age = daysBetween(finding.newest, today)
  if (age > rules.v2VetoDays) return ifNothingNew
  return age >= rules.v2WarnDays ? 'warning' : 'ok'
}

/** The first day whose items still count for V2 on the reference day `ref` (both YYYY-MM-DD). */
export function v2WindowStart(ref: string, rules: Pick<RuleSet, 'v2VetoDays'>): string {
  return addDays(ref, -rules.v2VetoDays)
}

/**
 * How a page stands on the reference day. 未注明信息发布时间的视为不更新: the caller counts `undated` as not
 * updated; it is kept apart here because the remedy is another one. `unknown`: nothing was read.
 */
export function freshnessOf(
  newest: string | null,
  outcome: FindingOutcome | null,
  ref: string,
  rules: Pick<RuleSet, 'v2VetoDays' | 'v2WarnDays'>,
): Freshness {
  if (outcome === null || outcome === 'unreadable') return 'unknown'
  if (outcome === 'undated' || newest === null) return 'undated'
  const age = daysBetween(newest, ref)
  if (age > rules.v2VetoDays) return 'dormant'
  return age >= rules.v2WarnDays ? 'due' : 'fresh'
}
