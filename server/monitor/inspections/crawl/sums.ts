import { type RawBuilder, sql } from 'kysely'
import { MACHINE } from '../../../../shared/monitor/inspections/catalogue.ts'
import type {
  InspectionOutcome,
  InspectionRule,
} from '../../../../shared/monitor/inspections/inspections-rules.ts'
import { type Outcome, READ_IN_PART } from '../rule.ts'
import { ALL_RULES, type pagesOfLook } from './pages.ts'

/* What a rule says of a site as a whole. */

export type LookedPage = Awaited<ReturnType<typeof pagesOfLook>>[number]

export interface Sum {
  readonly rule: string
  readonly outcome: InspectionOutcome
  /** Why it is not measured; of one that has found something, why it would not be without that. */
  readonly reason: string | null
  readonly version: number
  readonly pages: number
  readonly unmeasured: number
}

/** A page that is no more has nothing, and says nothing. */
const isGone = ({ status }: LookedPage): boolean => status === 404 || status === 410
/** Why a rule has not measured a page; undefined: it has. */
export const reasonOn = (page: LookedPage, rule: string): string | undefined =>
  page.said[rule] ?? page.said[ALL_RULES]

/** Whether a rule has looked at a page, be it at its beginning only: what it found there and finds no more is gone. */
export function isLookedThrough(page: LookedPage, rule: string): boolean {
  const reason = reasonOn(page, rule)
  return reason === undefined || reason === READ_IN_PART
}

const { ofPages } = MACHINE.unmeasured

/**
 * SQL for what a rule says of a site of which nothing that it found stands: with too many of the site's pages not measured, nothing.
 * @param of has `pages` and `unmeasured`, those of them that it has not measured
 */
export const outcomeWithout = (of: string): RawBuilder<'clear' | 'unmeasured'> =>
  sql`(case when ${sql.ref(`${of}.unmeasured`)} > ${ofPages}::float8 * ${sql.ref(`${of}.pages`)} then 'unmeasured' else 'clear' end)`

/**
 * SQL for whether what a rule says of a site follows what becomes of its problems: not where it has measured nothing of the site.
 * @param of has `outcome` besides
 */
export const isFollowed = (of: string): RawBuilder<boolean> =>
  sql`(${sql.ref(`${of}.outcome`)} <> 'unmeasured' or ${sql.ref(`${of}.unmeasured`)} < ${sql.ref(`${of}.pages`)})`

/** What a rule of pages or files says of a site by the pages that were looked at. */
export function sumOf({ id, version, of }: InspectionRule, looked: readonly LookedPage[]): Sum {
  const pages = looked.filter((page) => (of === 'both' || page.kind === of) && !isGone(page))
  const reasons = pages.flatMap((page) => reasonOn(page, id) ?? [])
  const isFound = pages.some(({ found }) => found.some(([rule]) => rule === id))
  const isSeen = pages.length > 0 && reasons.length <= ofPages * pages.length
  const nothing = of === 'file' ? 'noFiles' : 'noPages'
  return {
    ...{ rule: id, version, pages: pages.length, unmeasured: reasons.length },
    outcome: isFound ? 'found' : isSeen ? 'clear' : 'unmeasured',
    reason: isSeen ? null : (commonest(reasons) ?? nothing),
  }
}

function commonest(all: readonly string[]): string | null {
  const counts = new Map<string, number>()
  for (const one of all) counts.set(one, (counts.get(one) ?? 0) + 1)
  const [first] = [...counts].sort(([a, n], [b, m]) => m - n || a.localeCompare(b))
  return first?.[0] ?? null
}

/** What a rule of sites says, as it is kept. */
export function sumOfSite({ id, version }: InspectionRule, outcome: Outcome): Sum {
  const isUnmeasured = outcome.outcome === 'unmeasured'
  return {
    ...{ rule: id, version, outcome: outcome.outcome, pages: 0, unmeasured: 0 },
    reason: isUnmeasured ? outcome.reason : null,
  }
}
