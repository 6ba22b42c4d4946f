import { z } from 'zod'
import { person } from '../../../base/person.ts'
import { sheetLine } from '../../score-sheets/sheets.ts'
import { SHEET_OUTCOMES } from '../../score-sheets/sheets-rules.ts'
import { version } from '../rounds.ts'
import { MOST_WORDS, ROUND_KINDS } from '../rounds-rules.ts'
import { SUBMISSION_STANDINGS, SUBMISSION_STATES } from './submissions-rules.ts'

const words = z.string().trim().max(MOST_WORDS)

/** What the monitor knows of a site: its sheet, in short. */
export const siteFigures = z.object({
  siteId: z.int(),
  code: z.string(),
  name: z.string(),
  outcome: z.enum(SHEET_OUTCOMES),
  points: z.number(),
  score: z.number().nullable(),
  vetoes: z.array(z.string()),
  /** Rules that nobody has measured. */
  unmeasured: z.int(),
  /** What costs points, the dearest first. */
  lost: z.array(sheetLine.pick({ rule: true, points: true, proof: true, bySource: true })),
})
export type SiteFigures = z.infer<typeof siteFigures>

/** What the monitor and the desk know of a district, or of a department, in the time of a report. */
export const reportSums = z.object({
  sites: z.int(),
  passed: z.int(),
  failed: z.int(),
  vetoed: z.int(),
  open: z.int(),
  /** Self-checks due in that time, handed in of these, and late. */
  selfChecks: z.int(),
  selfChecksIn: z.int(),
  selfChecksLate: z.int(),
  alerts: z.int(),
  rectificationsRaised: z.int(),
  rectificationsClosed: z.int(),
  rectificationsOverdue: z.int(),
})
export type ReportSums = z.infer<typeof reportSums>

/** Drawn by the machine; what was handed in keeps those of its day. */
export const figures = z.object({ sites: z.array(siteFigures), sums: reportSums.nullable() })
export type Figures = z.infer<typeof figures>

/** What a unit or district says itself. */
export const answers = z.object({
  sites: z
    .array(
      z.object({
        siteId: z.int(),
        /** Whether what the monitor found is so. Null: not said yet. */
        agrees: z.boolean().nullable(),
        /** Why it is not so, what else was found, what has been done. */
        note: words,
      }),
    )
    .max(1000)
    .default([]),
  words: words.default(''),
  /** Visits by readers in that time. */
  traffic: z.int().min(0).max(1_000_000_000).nullable().default(null),
})
export type Answers = z.output<typeof answers>

const step = z.object({ by: person, at: z.iso.datetime() })

export const submission = z.object({
  id: z.int(),
  version: z.int(),
  roundId: z.int(),
  round: z.string(),
  kind: z.enum(ROUND_KINDS),
  opensOn: z.iso.date(),
  dueOn: z.iso.date(),
  district: z.string(),
  /** Null: the district's own. */
  unit: z
    .object({
      id: z.int(),
      name: z.string(),
      /** It became one with that since, which signs for it. */
      mergedInto: z.object({ id: z.int(), name: z.string() }).nullable(),
    })
    .nullable(),
  state: z.enum(SUBMISSION_STATES),
  standing: z.enum(SUBMISSION_STANDINGS),
  handedIn: step.extend({ signature: z.string() }).nullable(),
  /** Returned or accepted, with what was said. */
  decided: step.extend({ note: z.string() }).nullable(),
  may: z.array(z.enum(['draft', 'handIn', 'return', 'accept'])),
})
export type Submission = z.infer<typeof submission>

export const submissionDetail = submission.extend({ figures, answers })
export type SubmissionDetail = z.infer<typeof submissionDetail>

export const draftInput = version.extend({ answers })
export const handInInput = version.extend({
  answers,
  /** The name of whoever signs, as it stands in the account. */
  signature: z.string().trim().min(1).max(50),
})
export const returnInput = version.extend({ note: words.min(1) })
export const acceptInput = version.extend({ note: words.default('') })
