import { z } from 'zod'
import { sentDay, sentInstant } from '../../base/instant.ts'
import { person } from '../../base/person.ts'
import { sentText } from '../../base/sent-text.ts'
import { localDay } from '../../base/time.ts'
import { FILING_ASKS, FILING_STATES, MOST_FILING_TEXT, NOTICE_STATES } from './filings-rules.ts'

/** A day; of an instant, the day on which it is here. */
const day = z.union([sentDay, sentInstant.transform((at) => localDay(Date.parse(at)))])
const text = sentText
  .max(MOST_FILING_TEXT)
  .refine((value) => !/\p{Cc}/u.test(value.replace(/\n/g, '')), { message: 'holds control characters' })

const said = {
  from: day,
  /** Last day: required of a pause, which has a day of return; of what goes, the last day of its notice. */
  to: day.nullable().default(null),
  /** Where it moves to: a platform, an address. */
  target: text.nullable().default(null),
  reason: text.min(1),
}
export const newFiling = z.object({
  siteId: z.int().positive().max(2_147_483_647),
  ask: z.enum(FILING_ASKS),
  ...said,
})
export type NewFiling = z.output<typeof newFiling>
const version = z.int().min(1)
/** The same site and the same question, said anew. */
export const refiling = z.object({ version, ...said })
export type Refiling = z.output<typeof refiling>
export const filingStep = z.object({ version, note: text.default('') })
export const filingNo = z.object({ version, note: text.min(1) })
export type FilingStep = z.output<typeof filingStep>

/** A document that goes with a filing; bytes. */
export const filingFile = z.object({
  id: z.int(),
  name: z.string(),
  type: z.string(),
  size: z.int(),
  by: person,
  at: z.iso.datetime(),
})
export type FilingFile = z.infer<typeof filingFile>

/** What the monitor has seen of the notice that a site closes or moves. */
export const closingNotice = z.object({
  state: z.enum(NOTICE_STATES),
  /** Since when it stands there, or stood. */
  since: z.iso.datetime().nullable(),
  /** The first reading without it. */
  missingSince: z.iso.datetime().nullable(),
  /** The home page was read last; when nothing changed since, it says the same. */
  lookedAt: z.iso.datetime().nullable(),
  /** Days that it has stood, of how many. */
  days: z.int(),
  of: z.int(),
  /** The site went with fewer. */
  isShort: z.boolean(),
  /** How the page says it, and the day that it names. */
  text: z.string().nullable(),
  on: z.string().nullable(),
})
export type ClosingNotice = z.infer<typeof closingNotice>

export const filing = z.object({
  id: z.int(),
  version: z.int(),
  siteId: z.int(),
  siteName: z.string(),
  code: z.string(),
  district: z.string(),
  unit: z.string(),
  ask: z.enum(FILING_ASKS),
  from: z.string(),
  to: z.string().nullable(),
  target: z.string().nullable(),
  reason: z.string(),
  state: z.enum(FILING_STATES),
  filed: z.object({ by: person, at: z.iso.datetime() }),
  decided: z.object({ by: person, at: z.iso.datetime(), note: z.string() }).nullable(),
  begunAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  /** The notice on the home page of a site that goes, once its days have begun; null of all else. */
  notice: closingNotice.nullable(),
  /** Oldest first. */
  files: z.array(filingFile),
  /** `attach`: documents are added and taken off, until it is decided. */
  may: z.array(z.enum(['approve', 'return', 'refuse', 'refile', 'withdraw', 'attach'])),
})
export type Filing = z.infer<typeof filing>
export type FilingAct = Filing['may'][number]
