import { z } from 'zod'
import { SHEET_OUTCOMES } from '../score-sheets/sheets-rules.ts'
import { QUESTIONS } from './summary-rules.ts'

export * from './summary-rules.ts'

/** Of the asked month, and of the one before. */
const both = z.object({ now: z.int(), before: z.int() })
const named = z.object({ id: z.int(), name: z.string(), district: z.string() })
const outcomes = z.record(z.enum(SHEET_OUTCOMES), z.int())
const mover = named.extend({
  /** Points that the site lost, then and now; a veto counts as all of them. */
  before: z.number(),
  now: z.number(),
})

/** How a place stands in a month, against the month before: everything that its leadership asks. */
export const summary = z.object({
  month: z.string(),
  /** The day that the sheets are of: the month's last, or the last one that was kept. Null: none was. */
  day: z.string().nullable(),
  dayBefore: z.string().nullable(),
  edition: z.string(),
  /** Sites that count, and those of them of which a sheet was kept. */
  sites: z.int(),
  scored: both,
  outcomes: z.object({ now: outcomes, before: outcomes }),
  /** Sites by what is left of their points, in steps of ten; those with a veto are not among them. */
  scores: z.array(z.object({ from: z.int(), to: z.int(), now: z.int(), before: z.int() })),
  vetoes: z.array(z.object({ rule: z.string(), now: z.int(), before: z.int() })),
  best: z.array(mover),
  worst: z.array(mover),
  /** Points lost on average by section of the edition. */
  sections: z.array(z.object({ id: z.string(), now: z.number(), before: z.number() })),
  heat: z.array(z.object({ district: z.string(), sites: z.int(), rules: z.record(z.string(), z.int()) })),
  /** Oldest first; months of which no sheets were kept are left out. */
  trend: z.array(
    z.object({
      month: z.string(),
      outcomes,
      /** Sites against which a rule of the question stood. */
      questions: z.record(z.enum(QUESTIONS), z.int()),
    }),
  ),
  /** Who stands in the way of no veto anywhere. */
  inTheWay: z.object({ total: z.int(), sites: z.array(named.extend({ vetoes: z.array(z.string()) })) }),
  rectifications: z.object({
    raised: both,
    closed: both,
    relapsed: both,
    /** At the end of the month. */
    open: both,
    /** Open now, and past their day. */
    overdueNow: z.int(),
  }),
  /** Letters that fell due in the month; null for whoever has nothing to do with them. */
  letters: z.object({ due: both, inTime: both, late: both, unanswered: both }).nullable(),
  rounds: z.object({ due: z.int(), done: z.int() }),
  /** As units reported it of their sites (点击量), in half-monthly reports of the month; null: none did. */
  traffic: z.object({ now: z.number().nullable(), before: z.number().nullable() }),
})
export type Summary = z.infer<typeof summary>

/** A site as it came out at the end of a month. */
export const summarySite = named.extend({
  outcome: z.enum(SHEET_OUTCOMES),
  points: z.number(),
  score: z.number().nullable(),
  vetoes: z.array(z.string()),
})
export type SummarySite = z.infer<typeof summarySite>
