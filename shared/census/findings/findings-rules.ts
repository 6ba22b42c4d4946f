import type { Rule } from '../../register/rule-editions/editions.ts'

export const FINDING_STATES = ['proposed', 'confirmed', 'dismissed', 'mended'] as const
export type FindingState = (typeof FINDING_STATES)[number]

export const MOST_NOTE = 1000
export const MOST_PROOFS = 10
export const MOST_COUNT = 10_000

/** Whether a rule takes findings of persons: what is measured as a share or of the home page alone has no numbers. */
export const takesFindings = ({ number }: Pick<Rule, 'number'>): boolean => number !== null

/** Whether its findings say how many there are in all, so that the newest stands; those of other rules are added up. */
export const isTotal = ({ effect }: Pick<Rule, 'effect'>): boolean => effect.form === 'tiers'

/**
 * Whether a second person has to confirm a finding before it counts: it fails a whole site, or takes away what the
 * monitor has measured.
 */
export function needsSecond(rule: Pick<Rule, 'by' | 'effect'>, count: number | null): boolean {
  const takesAway = count === 0 && rule.by === 'machine'
  return takesAway || (rule.effect.form === 'veto' && count !== 0)
}

/** LM-001: numbered by kind within a site, as reports do. */
export const numberOf = (kind: string, serial: number): string => `${kind}-${String(serial).padStart(3, '0')}`
