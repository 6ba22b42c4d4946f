import { z } from 'zod'
import { rowId } from '../../../base/ids.ts'
import { person } from '../../../base/person.ts'
import { level } from '../../../register/sites/sites.ts'
import { measured } from '../../score-sheets/sheets.ts'
import { SHEET_OUTCOMES } from '../../score-sheets/sheets-rules.ts'
import { version } from '../rounds.ts'
import { MOST_WORDS } from '../rounds-rules.ts'
import { MOST_REVIEWERS, SEATS } from './reviews-rules.ts'

/** What a reviewer has come to; it stays as it was submitted. */
const submitted = z.object({
  at: z.iso.datetime(),
  outcome: z.enum(SHEET_OUTCOMES),
  points: z.number(),
  note: z.string(),
})

/** A site that somebody is to look at in a spot check. */
export const review = z.object({
  id: z.int(),
  version: z.int(),
  roundId: z.int(),
  round: z.string(),
  dueOn: z.iso.date(),
  code: z.string(),
  siteId: z.int(),
  site: z.string(),
  district: z.string(),
  seat: z.enum(SEATS),
  reviewer: person,
  /** Null: not yet; or not for whoever is still to look at the same site. */
  submitted: submitted.nullable(),
  /** It is in, whether or not whoever asks may see what it says. */
  isIn: z.boolean(),
})
export type Review = z.infer<typeof review>

export const reviewDetail = review.extend({
  url: z.string(),
  level,
  edition: z.string(),
  revision: z.int().nullable(),
  measured,
  /** What the monitor has counted, for the first who looks. */
  machine: measured.nullable(),
  /** What the two have submitted between whom a third decides. */
  others: z.array(submitted.extend({ seat: z.enum(SEATS), reviewer: person, measured })),
  may: z.array(z.enum(['submit', 'reassign'])),
})
export type ReviewDetail = z.infer<typeof reviewDetail>

export const assignment = version.extend({ reviewers: z.array(rowId).min(1).max(MOST_REVIEWERS) })
export const submission = version.extend({ measured, note: z.string().trim().max(MOST_WORDS).default('') })
export const reassignment = version.extend({ reviewerId: rowId })
