import type { Limits } from '../../people/settings/settings-rules.ts'
import type { EditionBody, Effect } from '../../register/rule-editions/editions.ts'
import type { COLUMN_PERIODS } from '../../register/rule-editions/editions-rules.ts'

/** So long a column of a class may be without anything new. */
export type Period = { readonly days: number } | { readonly months: number } | null

/** What the monitor takes from an edition of the census rules. */
export interface RuleSet extends Limits {
  /** A visit fails when the site is not open at this many ms ("超过（含）15秒"). */
  readonly v1FailMs: number
  readonly v3bWarn: number
  readonly v3cWarn: number
  readonly periods: Readonly<Record<(typeof COLUMN_PERIODS)[number], Period>>
  /** Only columns that lie below no other are counted. */
  readonly countsTopLevelOnly: boolean
  /** A list page without items is blank when it was so at this many readings running. */
  readonly blankRuns: number
  /** Points of broken links from which they ask for a major alert. */
  readonly linksWarnPoints: number
  /** What each rule costs. */
  readonly effects: ReadonlyMap<string, Effect>
}

/** The monitor's part of an edition. A rule that the edition does not have is never met. */
export function ruleSetOf({ rules, measures, warnings }: EditionBody): RuleSet {
  const effects = new Map(rules.map(({ id, effect }) => [id, effect]))
  const vetoAt = (id: string): number => {
    const effect = effects.get(id)
    return effect?.form === 'veto' ? (effect.atLeast ?? Number.MAX_SAFE_INTEGER) : Number.MAX_SAFE_INTEGER
  }
  const { home, update, columns } = measures
  return {
    v1VetoPercent: vetoAt('V1'),
    v1WarnPercent: warnings.V1,
    v1FailMs: home.failMs,
    v1MinPerDay: home.minPerDay,
    v1WindowDays: home.windowDays,
    v2VetoDays: update.windowDays,
    v2WarnDays: warnings.V2,
    v3aVeto: vetoAt('V3a'),
    v3bVeto: vetoAt('V3b'),
    v3cVeto: vetoAt('V3c'),
    v3bWarn: warnings.V3b,
    v3cWarn: warnings.V3c,
    periods: columns.periods,
    countsTopLevelOnly: columns.unit === 'topLevel',
    blankRuns: columns.blankRuns,
    linksWarnPoints: warnings.links,
    effects,
  }
}

/** What a screen has to know of it. */
export const limitsOf = (rules: RuleSet): Limits => ({
  v1VetoPercent: rules.v1VetoPercent,
  v1WarnPercent: rules.v1WarnPercent,
  v1MinPerDay: rules.v1MinPerDay,
  v1WindowDays: rules.v1WindowDays,
  v2VetoDays: rules.v2VetoDays,
  v2WarnDays: rules.v2WarnDays,
  v3aVeto: rules.v3aVeto,
  v3bVeto: rules.v3bVeto,
  v3cVeto: rules.v3cVeto,
})
