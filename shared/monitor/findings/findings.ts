import { z } from 'zod'
import { person } from '../../base/person.ts'
import { sentText } from '../../base/sent-text.ts'
import { DAY } from '../../base/time.ts'
import type { Limits } from '../../people/settings/settings-rules.ts'
import type { Finding } from '../freshness/freshness.ts'
import { v2WindowStart } from '../verdicts/verdicts.ts'
import { dateDoubt } from './doubts.ts'

/** A person's finding holds this long, or until the monitor finds something newer. */
export const SAID_HOLDS_MS = 14 * DAY

const day = z.iso.date()

/** An item whose date was moved forward after it had been seen; `date` is the one that is shown now. */
export const rewrittenItem = z.object({ title: z.string(), date: day, firstDate: day })
export type RewrittenItem = z.infer<typeof rewrittenItem>

/** What a person found out, as it was said. */
export const said = z.object({
  by: person,
  at: z.iso.datetime(),
  /** Day of the newest item; null: the site shows none. */
  updatedOn: day.nullable(),
  note: z.string(),
  until: z.iso.datetime(),
  /** It still stands above the monitor's finding. */
  holds: z.boolean(),
})
export type PersonFinding = z.infer<typeof said>

/** The newest date that the judgement goes by; null newest with `dated` cannot be. */
export type Found = Pick<Finding, 'outcome' | 'newest' | 'entrance' | 'unseen'>

/** A stored finding of a person's, as far as it bears on the judgement. */
export interface PersonFindingFacts {
  readonly updatedOn: string | null
  readonly machineNewest: string | null
  readonly untilMs: number
}

/** Whether a person's finding still stands: not run out, and the monitor has found nothing newer since. */
export function personFindingHolds(
  said: PersonFindingFacts,
  machineNewest: string | null,
  nowMs: number,
): boolean {
  if (nowMs >= said.untilMs) return false
  const known = [said.updatedOn ?? '', said.machineNewest ?? ''].sort().at(-1) ?? ''
  return machineNewest === null || machineNewest <= known
}

/** What the judgement goes by: a person's finding while it stands, else the monitor's own. */
export function foundBy(machine: Found | null, said: PersonFindingFacts | null, nowMs: number): Found | null {
  if (!said || !personFindingHolds(said, machine?.newest ?? null, nowMs)) return machine
  const outcome = said.updatedOn === null ? 'undated' : 'dated'
  return { outcome, newest: said.updatedOn, entrance: false }
}

export const AGREEMENTS = ['agree', 'new_without_date', 'date_without_new', 'early'] as const
/**
 * How the two signals stand to each other: the dates that a page shows, and items never seen on it before.
 * `new_without_date`: new items, and no date of the last two weeks. `date_without_new`: a date that is younger
 * than anything that appeared. `early`: too little is remembered yet.
 */
export const agreement = z.enum(AGREEMENTS)
export type Agreement = z.infer<typeof agreement>

/** What is remembered of a site's items. Days are local days. */
export interface News {
  /** Since when items are remembered. */
  readonly since: string
  /** The last day on which an item appeared that had never been seen. */
  readonly newDay: string | null
}

/** Whether both signals say the same of the two weeks to `today`. */
export function agreementOf(
  newest: string | null,
  news: News | null,
  today: string,
  rules: Pick<Limits, 'v2VetoDays'>,
): Agreement {
  if (news === null) return 'early'
  const from = v2WindowStart(today, rules)
  const isDated = newest !== null && newest >= from
  const hasNew = news.newDay !== null && news.newDay >= from
  if (hasNew && !isDated) return 'new_without_date'
  if (isDated && newest > news.since && (news.newDay === null || news.newDay < newest)) {
    return 'date_without_new'
  }
  return hasNew || news.since <= from ? 'agree' : 'early'
}

export const siteSignals = z.object({
  /** Newest date that the monitor found itself. */
  machineNewest: day.nullable(),
  agreement,
  /** Null: the page has not been read since items are remembered. */
  news: z
    .object({
      since: day,
      newDay: day.nullable(),
      /** Items that were new on that day's last reading with new ones, and the titles of some. */
      count: z.int(),
      titles: z.array(z.string()),
    })
    .nullable(),
  rewritten: z.array(rewrittenItem),
  /** Dates that contradict what memory saw, and stand there still. */
  doubts: z.array(dateDoubt),
  said: said.nullable(),
})
export type SiteSignals = z.infer<typeof siteSignals>

export const sayInput = z.object({
  updatedOn: day.nullable(),
  note: sentText.min(1).max(500),
})
export type SayInput = z.infer<typeof sayInput>
