import { cents, costOf } from '../../register/rule-editions/cost.ts'
import type { RuleSet } from '../verdicts/rule-set.ts'
import type { BrokenLinks, ScanSettings } from './links.ts'

/** `system`: an online application or query system; `attachment`: a file to download. */
export const LINK_KINDS = ['page', 'picture', 'attachment', 'system'] as const
export type LinkKind = (typeof LINK_KINDS)[number]

/**
 * `confirmed`: broken on two visits for sure; `suspected`: did not open, but not for sure; `unmeasured`: a firewall
 * or the monitor itself stood in the way, which is held against nobody.
 */
export const LINK_STATES = ['waiting', 'fine', 'confirmed', 'suspected', 'unmeasured'] as const
export type LinkState = (typeof LINK_STATES)[number]

export const SCAN_STATES = ['running', 'stopped', 'done'] as const
export type ScanState = (typeof SCAN_STATES)[number]

/** A scan that somebody stopped goes on by itself after so many hours. */
export const STOPPED_HOURS = 24

/** Indicators of the 2015 table that a broken link falls under. */
export const LINK_RULES = ['S2a', 'S2b', 'S9b', 'S10'] as const
export type LinkRule = (typeof LINK_RULES)[number]

/** For a site that was never scanned. The monitors of the time went 5 deep; few sites have pages beyond 3. */
export const DEFAULT_SETTINGS: ScanSettings = { depth: 3, pages: 200, links: 2_000, delayMs: 500 }

/** The indicator of a broken link. An attachment or a system counts there only; a link on the home page counts once. */
export function linkRule(kind: LinkKind, onHome: boolean): LinkRule {
  if (kind === 'system') return 'S10'
  if (kind === 'attachment') return 'S9b'
  return onHome ? 'S2a' : 'S2b'
}

/** Points for so many confirmed ones. */
export function linkPoints(rule: LinkRule, confirmed: number, { effects }: Pick<RuleSet, 'effects'>): number {
  const effect = effects.get(rule)
  return effect ? costOf(effect, confirmed, false) : 0
}

/**
 * What broken links ask of the alert of a site. A broken link of the home page always asks for one: everybody meets
 * it, and one costs as much as ten on other pages. Any others do once they cost as much as a failed indicator, which
 * is also what makes the alert major.
 */
export function linksSeverity(
  { S2a, points }: Pick<BrokenLinks, 'S2a' | 'points'>,
  { linksWarnPoints }: Pick<RuleSet, 'linksWarnPoints'>,
): 'major' | 'minor' | null {
  if (points >= linksWarnPoints) return 'major'
  return S2a > 0 ? 'minor' : null
}

/** Broken links by indicator with what they cost. */
export function brokenOf(
  counts: Readonly<Record<LinkRule, number>>,
  rules: Pick<RuleSet, 'effects'>,
): Omit<BrokenLinks, 'some'> {
  const points = LINK_RULES.reduce((sum, rule) => sum + linkPoints(rule, counts[rule], rules), 0)
  const { S2a, S2b, S9b, S10 } = counts
  return { S2a, S2b, S9b, S10, points: cents(points) }
}
