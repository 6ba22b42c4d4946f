import type { InEach } from '../../register/rule-editions/editions.ts'

/* Machine inspections (机器检查): what rules find on the pages of a site, beside the census. Plain types and functions. */

/** What a rule says of a page or site: a problem, none, or that it could not be seen. */
export const INSPECTION_OUTCOMES = ['found', 'clear', 'unmeasured'] as const
export type InspectionOutcome = (typeof INSPECTION_OUTCOMES)[number]

/** `open`: nobody has looked at it; `confirmed`, `refused`: a person has. Refused stays so when it is found again. */
export const PROBLEM_STATES = ['open', 'confirmed', 'refused'] as const
export type ProblemState = (typeof PROBLEM_STATES)[number]

/**
 * What a list of problems is asked for. `waiting`: a rule proposes it, and nobody has said whether it is so; `mend`: it is there, and a
 * person or a rule that tells stands for it; `refused`; `gone`: a look did not find it any more.
 */
export const PROBLEM_LISTS = ['waiting', 'mend', 'refused', 'gone'] as const
export type ProblemList = (typeof PROBLEM_LISTS)[number]

/** A rule `tells` (an alert follows) or `proposes` (somebody confirms first). */
export const RULE_MANNERS = ['proposes', 'tells'] as const
export type RuleManner = (typeof RULE_MANNERS)[number]

export const MOST_NOTE = 500
/** Problems that are decided in one go. */
export const MOST_AT_ONCE = 200
/** Groups of problems that are listed at a time, the gravest. */
export const MOST_GROUPS = 200

/** What a rule looks at: pages, files that pages lead to, either, or the site as a whole. */
export const RULE_SUBJECTS = ['page', 'file', 'both', 'site'] as const
export type RuleSubject = (typeof RULE_SUBJECTS)[number]

/** Thresholds and word lists of a rule, by name. */
export type Limits = Readonly<Record<string, number | string | boolean | readonly string[]>>

/** A rule of the machine as data: wording, source, thresholds, and how often it may be wrong. */
export interface InspectionRule {
  readonly id: string
  /** Of what it decides: raised whenever the same page may get another outcome. */
  readonly version: number
  readonly of: RuleSubject
  readonly manner: RuleManner
  readonly severity: 'major' | 'minor'
  readonly name: InEach
  /** What is wrong, why that matters, and what is to be done. */
  readonly what: InEach
  readonly why: InEach
  readonly todo: InEach
  readonly source: InEach
  /** What a problem is, in a sentence, by its `saidBy`; `*`: whatever that is. `{name}` is taken from its detail, `{name%}` as a share. */
  readonly said: Readonly<Record<string, InEach>>
  readonly saidBy: string
  /** Whether what is excerpted says something to people beside that sentence. */
  readonly quoted: boolean
  readonly limits: Limits
  /** Share of what it tells that may be false; above it the rule proposes only. */
  readonly errorLimit: number
  /** Whether a problem of it is pictured: not where the picture would show what is to be hidden. */
  readonly picture: boolean
  /** Problems of it that are pictured on a site at most. */
  readonly pictures: number
  /** Whether an alert may follow from it: not where what it finds has an alert of its own. */
  readonly alert: boolean
  /** Rules of the census that it helps to measure, as `S9b`. */
  readonly census: readonly string[]
}

/** Rules that belong together, and the reasons for which they may not have been measured. */
export interface InspectionFamily {
  readonly family: string
  readonly name: InEach
  readonly reasons: Readonly<Record<string, InEach>>
  readonly rules: readonly InspectionRule[]
}

/**
 * How a rule may speak now: one that is certain to be wrong more often than its limit proposes only.
 * @param errorLow what its error rate is at least, as far as that is known from so few
 */
export const mannerOf = (
  { manner, errorLimit }: Pick<InspectionRule, 'manner' | 'errorLimit'>,
  errorLow: number | null,
): RuleManner => (errorLow !== null && errorLow > errorLimit ? 'proposes' : manner)

/**
 * The share of sites and rules that could not be measured.
 * @returns null where nothing was looked at.
 */
export const unmeasuredShare = (unmeasured: number, all: number): number | null =>
  all === 0 ? null : unmeasured / all

/** What a problem is decided by, by name. */
export type ProblemDetail = Readonly<Record<string, string | number | boolean | null>>

/** What a problem is, in the sentence that its rule has for it; null where the rule has none. */
export function saidOf(
  { said, saidBy }: Pick<InspectionRule, 'said' | 'saidBy'>,
  detail: ProblemDetail,
): InEach | null {
  const kind = String(detail[saidBy] ?? '')
  const words = Object.hasOwn(said, kind) ? said[kind] : said['*']
  return words ? { zh: filled(words.zh, detail), en: filled(words.en, detail) } : null
}

const filled = (words: string, detail: ProblemDetail): string =>
  words.replace(/\{(\w+)(%?)\}/g, (_, name: string, share: string) => {
    const value = detail[name] ?? '—'
    return share && typeof value === 'number' ? `${Math.round(value * 100)}%` : String(value)
  })

/** The word for this language. */
export const inWords = (words: InEach, locale: string): string =>
  locale.startsWith('zh') ? words.zh : words.en

/** What stands between a platform and what is the same on all its sites, in the name of a source. */
export const BESIDE_PLATFORM = ' · '

/**
 * What a source is called: of a platform the page is named as well, where that page is the same on all its sites. What a rule knows a
 * problem by may be the title of an item, and have in it what stands before it here.
 */
export function sourceName(source: string): string {
  const at = source.indexOf(BESIDE_PLATFORM)
  return at < 0 || source.startsWith('/', at + BESIDE_PLATFORM.length) ? source : source.slice(0, at)
}
