import { z } from 'zod'
import { messagesVerdict } from '../../monitor/messages/messages.ts'
import { SHEET_OUTCOMES } from './sheets-rules.ts'

/** What was counted, by rule. Null: there is no such column. A rule that is left out was not measured. */
export const measured = z.record(z.string().max(10), z.number().min(0).max(1_000_000).nullable())
export type Measured = z.infer<typeof measured>

export const sheetLine = z.object({
  rule: z.string(),
  /** What was counted; null: nothing was, be it that it was not measured or that there is none to count in. */
  count: z.number().nullable(),
  /** What it costs; 0 for a veto, which fails the site by itself. */
  points: z.number(),
  /** Who says so; null: it was not measured. */
  by: z.enum(['machine', 'person']).nullable(),
  /** The veto that stands in its place, so that it costs nothing by itself. */
  replacedBy: z.string().nullable(),
  /** What was found: names of columns, addresses, numbers of findings; some of them. */
  proof: z.array(z.string()),
  /** What costs here was counted by the source of pages alone: they could not be rendered. */
  bySource: z.literal(true).optional(),
  /** Of letters without an answer: how many the hotline has, and what the monitor has seen on the site itself. */
  apart: z.object({ hotline: z.int(), site: messagesVerdict.omit({ some: true }) }).optional(),
})
export type SheetLine = z.infer<typeof sheetLine>

export const sheetResult = z.object({
  edition: z.string(),
  revision: z.int(),
  /** `open`: neither failed nor vetoed so far, and something is still to be measured. */
  outcome: z.enum(SHEET_OUTCOMES),
  /** Sum of the lines. */
  points: z.number(),
  /** What is left of the start; null where a veto stands, as the table then counts no further. */
  score: z.number().nullable(),
  vetoes: z.array(z.string()),
  unmeasured: z.array(z.string()),
  lines: z.array(sheetLine),
})
export type SheetResult = z.infer<typeof sheetResult>

/** The score sheet of a site on a day. */
export const sheet = sheetResult.extend({ on: z.iso.date() })
export type Sheet = z.infer<typeof sheet>

/** The sheets that were kept of a site: stretches of days in which nothing in them changed, the oldest first. */
export const sheetHistory = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  items: z.array(
    sheetResult.omit({ lines: true, unmeasured: true }).extend({
      from: z.iso.date(),
      to: z.iso.date(),
      /** How many rules nobody had measured. */
      unmeasured: z.int(),
    }),
  ),
})
export type SheetHistory = z.infer<typeof sheetHistory>

const judged = sheetResult.pick({ outcome: true, points: true, vetoes: true })
const outcomes = z.record(z.enum(SHEET_OUTCOMES), z.int())

/** What another edition would change today; `changed` holds the first of them, `others` counts the rest. */
export const editionEffect = z.object({
  edition: z.string(),
  inForce: z.string(),
  sites: z.int(),
  outcomes: z.object({ before: outcomes, after: outcomes }),
  changed: z.array(
    z.object({ siteId: z.int(), name: z.string(), district: z.string(), before: judged, after: judged }),
  ),
  others: z.int(),
})
export type EditionEffect = z.infer<typeof editionEffect>

/** How far the reckoning of that has come, in sites, and what came of it; null until it is done. */
export const effectRun = z.object({
  state: z.enum(['running', 'done']),
  done: z.int(),
  total: z.int(),
  effect: editionEffect.nullable(),
})
export type EffectRun = z.infer<typeof effectRun>
