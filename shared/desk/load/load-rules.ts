import { DAY, HOUR, MINUTE } from '../../base/time.ts'
import type { Severity } from '../alerts/alerts.ts'

/** Alarms are counted by the ten minutes, from the full hour on. */
export const TEN_MINUTES = 10 * MINUTE

/**
 * What one person can bear, and what is a flood.
 * @see EEMUA Publication 191, Alarm systems, 3rd edition 2013, performance metrics: on average one alarm in ten minutes is
 * very likely to be acceptable, two are manageable; more than ten within ten minutes are a flood.
 * @see ANSI/ISA-18.2-2016, clause 16, alarm system performance metrics: the same figures; floods in less than 1 % of all
 * ten minutes; the ten most frequent alarms give 5 % of the whole at most; fewer than five alarms a day stand for more than
 * 24 hours; of three priorities 5 % are the highest, 15 % the next, 80 % the lowest.
 */
export const LOAD_LIMITS = {
  /** Alarms in ten minutes for each person on duty. */
  perPerson: 1,
  manageable: 2,
  /** More in ten minutes than this, for each person. */
  flood: 10,
  /** Per cent of all ten minutes. */
  inFlood: 1,
  /** Per cent of all alarms that the ten noisiest sites give. */
  fromTopTen: 5,
  /** Alarms that stand untaken for longer than `STANDING_MS`. */
  standing: 5,
  /** Per cent of all alarms. */
  shares: { critical: 5, major: 15, minor: 80 } satisfies Record<Severity, number>,
} as const

export const STANDING_MS = DAY

/** How much worse a share may be than the one that is wanted before it is said to be: a few alarms are no statistics. */
export const SHARE_MARGIN = 5

/** So many rules and sites are listed. */
export const MOST_NOISY = 10

/** `flood` above what anybody bears, `heavy` above what is manageable, `busy` above what is acceptable. */
export const LOAD_GRADES = ['well', 'busy', 'heavy', 'flood'] as const
export type LoadGrade = (typeof LOAD_GRADES)[number]

/** @param rate alarms in ten minutes for each person */
export function gradeOf(rate: number): LoadGrade {
  if (rate > LOAD_LIMITS.flood) return 'flood'
  if (rate > LOAD_LIMITS.manageable) return 'heavy'
  return rate > LOAD_LIMITS.perPerson ? 'busy' : 'well'
}

/** Whether a severity is given more often than it should be, or (minor) less often. @param share per cent */
export function isShareOff(severity: Severity, share: number): boolean {
  const over = share - LOAD_LIMITS.shares[severity]
  return severity === 'minor' ? -over > SHARE_MARGIN : over > SHARE_MARGIN
}

/**
 * Why something is noisy, in the order in which it is asked: what many sites share, what comes at its hour, what comes and
 * goes, what is no fault at all, what stands, what a few sites give. An hour and a standing alert are of one site; that a
 * few sites give most is of a rule.
 */
export const SITE_CAUSES = ['shared', 'planned', 'flapping', 'false', 'standing', 'plain'] as const
export type SiteCause = (typeof SITE_CAUSES)[number]
export const RULE_CAUSES = ['shared', 'flapping', 'false', 'few', 'plain'] as const
export type RuleCause = (typeof RULE_CAUSES)[number]

export interface Noise {
  readonly alarms: number
  /** Of these: that were part of a failure of several sites. */
  readonly shared: number
  /** … that came within a day after another of the same site and rule. */
  readonly again: number
  /** … that were over within `SHORT_MS`. */
  readonly short: number
  /** … that people held to be false. */
  readonly falsified: number
}
export interface SiteNoise extends Noise {
  /** Alarms within the hour of the day in which most came, and on how many days. */
  readonly sameHour: number
  readonly days: number
  /** Since when its oldest live alert stands (epoch ms). */
  readonly liveSince: number | null
}
export interface RuleNoise extends Noise {
  /** Alarms of the three sites that gave most of them, and how many sites gave any. */
  readonly fromThree: number
  readonly sites: number
}

/** When a cause is named; shares of all alarms, 0 to 1. */
export const CAUSE_LIMITS = {
  shared: 0.5,
  /** Three nights of four in the same hour are a plan that nobody filed. */
  sameHour: 0.6,
  plannedDays: 3,
  comesAndGoes: 0.4,
  falsified: 0.3,
  standingMs: 7 * DAY,
  fromThree: 0.5,
  /** Fewer are no pattern. */
  least: 3,
} as const

/** An alarm that was over in less did not need anybody. */
export const SHORT_MS = HOUR / 6

const isMost = ({ alarms }: Noise, n: number, share: number): boolean =>
  alarms >= CAUSE_LIMITS.least && n >= alarms * share
const isShared = (noise: Noise): boolean => isMost(noise, noise.shared, CAUSE_LIMITS.shared)
const comesAndGoes = (noise: Noise): boolean =>
  isMost(noise, Math.max(noise.again, noise.short), CAUSE_LIMITS.comesAndGoes)
const isFalse = (noise: Noise): boolean => isMost(noise, noise.falsified, CAUSE_LIMITS.falsified)

/** Why a site is noisy, so far as figures tell it. */
export function causeOfSite(noise: SiteNoise, now: number): SiteCause {
  const { days, liveSince, sameHour } = noise
  if (isShared(noise)) return 'shared'
  if (days >= CAUSE_LIMITS.plannedDays && isMost(noise, sameHour, CAUSE_LIMITS.sameHour)) return 'planned'
  if (comesAndGoes(noise)) return 'flapping'
  if (isFalse(noise)) return 'false'
  return liveSince !== null && now - liveSince >= CAUSE_LIMITS.standingMs ? 'standing' : 'plain'
}

/** Why a rule is noisy, so far as figures tell it. */
export function causeOfRule(noise: RuleNoise): RuleCause {
  if (isShared(noise)) return 'shared'
  if (comesAndGoes(noise)) return 'flapping'
  if (isFalse(noise)) return 'false'
  return noise.sites > 3 && isMost(noise, noise.fromThree, CAUSE_LIMITS.fromThree) ? 'few' : 'plain'
}
