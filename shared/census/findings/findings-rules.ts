import { costOf } from '../../register/rule-editions/cost.ts'
import type { EditionBody, Rule } from '../../register/rule-editions/editions.ts'

export const FINDING_STATES = ['proposed', 'confirmed', 'dismissed', 'mended'] as const
export type FindingState = (typeof FINDING_STATES)[number]

export const MOST_NOTE = 1000
export const MOST_PROOFS = 10
/** Characters of all of them together. */
export const MOST_PROOF = 4000
export const MOST_COUNT = 10_000
/** That stand on one site at once, or wait to be confirmed: a sheet is made of all of them. */
export const MOST_ON_SITE = 500
/** Screenshots of one finding, and bytes of each. */
export const MOST_PICTURES = 10
export const MOST_PICTURE_BYTES = 5 * 1024 * 1024
export const PICTURE_ENDS = ['png', 'jpg', 'jpeg', 'gif', 'webp'] as const
/** That one person adds in a day. */
export const MOST_PICTURES_A_DAY = 300
/** Numbers of findings that a line of a sheet names. */
export const NAMED = 5

/** Whether a rule takes findings of persons: what is measured as a share or of the home page alone has no numbers. */
export const takesFindings = ({ number }: Pick<Rule, 'number'>): boolean => number !== null

/** Whether its findings say how many there are in all, so that the newest stands; those of other rules are added up. */
export const isTotal = ({ effect }: Pick<Rule, 'effect'>): boolean => effect.form === 'tiers'

/**
 * Whether a second person has to confirm a finding before it counts: it fails a whole site by itself, or takes away
 * what the monitor has measured or may measure.
 */
export function needsSecond(
  rule: Pick<Rule, 'by' | 'effect'>,
  count: number | null,
  { outcome: { fails } }: Pick<EditionBody, 'outcome'>,
): boolean {
  const takesAway = count === 0 && rule.by !== 'person' && !isTotal(rule)
  const failing = 'atLeast' in fails ? fails.atLeast : fails.moreThan
  const isFailing = costOf(rule.effect, count, false) >= failing
  return takesAway || isFailing || (rule.effect.form === 'veto' && count !== 0)
}

/** Whether 0 must say of which address: what the monitor counts one by one is taken away one by one. */
export const zeroNeedsTarget = ({ counts }: Pick<Rule, 'counts'>): boolean =>
  counts === 'columns' || counts === 'targets'

/** LM-001: numbered by kind within a site, as reports do. */
export const numberOf = (kind: string, serial: number): string => `${kind}-${String(serial).padStart(3, '0')}`
