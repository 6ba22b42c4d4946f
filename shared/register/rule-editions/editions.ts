import { z } from 'zod'
import { sentDay } from '../../base/instant.ts'
import { sentText } from '../../base/sent-text.ts'
import { COLUMN_PERIODS, COUNTED, EDITION_STATES, MOST_WINDOW_DAYS } from './editions-rules.ts'

/*
 * An edition of the census rules, as data: what is measured, in what window, what it costs, what takes the place of
 * what, and the words of the table. There is no expression language: a rule has one of four forms.
 */

/** Words in each language that rules are read in. */
export const inEach = z.object({ zh: z.string().min(1).max(1000), en: z.string().min(1).max(1000) })
export type InEach = z.infer<typeof inEach>

const points = z.number().positive().max(100)
const amount = z.number().min(0).max(1_000_000)

/** The first tier that matches is what it costs; `below` may be another number for portals. */
export const tier = z.object({
  if: z.object({
    /** There is no such column at all. */
    absent: z.literal(true).optional(),
    from: amount.optional(),
    below: z.union([amount, z.object({ portal: amount, other: amount })]).optional(),
  }),
  points,
})
export type Tier = z.infer<typeof tier>

export const effect = z.discriminatedUnion('form', [
  /** Fails the whole site: at so many and more, at so few and fewer, or where there is none to count in. */
  z.object({
    form: z.literal('veto'),
    atLeast: amount.optional(),
    atMost: amount.optional(),
    absent: z.literal(true).optional(),
  }),
  /** Points for each that is counted; `most`: no more than that. */
  z.object({ form: z.literal('each'), points, most: points.optional() }),
  /** Points for each `per` per cent: of whole ones, or proportionally. */
  z.object({
    form: z.literal('per'),
    points,
    per: z.number().positive().max(100),
    round: z.enum(['down', 'exact']),
  }),
  z.object({ form: z.literal('tiers'), tiers: z.array(tier).min(1).max(10) }),
])
export type Effect = z.infer<typeof effect>

export const rule = z.object({
  /** As V1 or S4b. */
  id: z.string().regex(/^[A-Z]\d{1,2}[a-z]?$/),
  section: z.string(),
  /** Who says so: the monitor by itself, the monitor with a person's consent, or a person alone. */
  by: z.enum(['machine', 'assisted', 'person']),
  counts: z.enum(COUNTED),
  /** So many there are of what it counts, as classes of element; no more are counted, whatever persons say. */
  outOf: z.int().min(1).max(1000).optional(),
  /** How findings of it are numbered: LM-, ZW-, …; null where nothing is numbered. */
  number: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable(),
  /** False: it is handed down and could not be confirmed by a published text. */
  confirmed: z.literal(false).optional(),
  name: inEach,
  wording: inEach,
  effect,
})
export type Rule = z.infer<typeof rule>

const period = z.union([
  z.object({ days: z.int().min(1).max(3660) }),
  z.object({ months: z.int().min(1).max(120) }),
  z.null(),
])

/** As cn-2015: small letters, digits, hyphens. */
const code = z.string().regex(/^[a-z0-9][a-z0-9-]{1,29}$/)

export const editionBody = z.object({
  code,
  /** The edition of the product that it was first copied from. */
  basedOn: code.optional(),
  revision: z.int().min(1),
  /** The first day that it is in force, YYYY-MM-DD. */
  from: z.iso.date(),
  name: inEach,
  source: inEach,
  outcome: z.object({
    start: z.number().positive().max(1000),
    /** The sum of points at which a site fails: at it, or only beyond it. */
    fails: z.union([z.object({ atLeast: points }), z.object({ moreThan: points })]),
    /** Where a veto stands, the score is not counted. */
    vetoStops: z.boolean(),
  }),
  measures: z.object({
    home: z.object({
      /** A visit fails when the site is not open at this many ms. */
      failMs: z.int().min(1000).max(60_000),
      windowDays: z.int().min(1).max(MOST_WINDOW_DAYS),
      /** Visits that each day of the window must have, or nothing is said. */
      minPerDay: z.int().min(1).max(1440),
    }),
    /** Home page: days to the reference day whose items count, the first included. */
    update: z.object({ windowDays: z.int().min(1).max(366) }),
    columns: z.object({
      /** Only columns that lie below no other, or every one. */
      unit: z.enum(['topLevel', 'every']),
      /** A list without items is blank when it was so at this many readings running. */
      blankRuns: z.int().min(1).max(10),
      periods: z.record(z.enum(COLUMN_PERIODS), period),
    }),
  }),
  /** Early warnings below the vetoes, of this project: per cent, days, columns; points of broken links. */
  warnings: z.object({ V1: amount, V2: amount, V3b: amount, V3c: amount, links: amount }),
  sections: z.array(z.object({ id: z.string(), name: inEach })).min(1),
  rules: z.array(rule).min(1).max(100),
  /** A rule that is a veto stands in the place of others, which then cost nothing. */
  precedence: z.array(z.object({ rule: z.string(), replaces: z.array(z.string()) })),
  /** What the text leaves open, and how it is read here. */
  open: z.array(inEach),
})
export type EditionBody = z.infer<typeof editionBody>

/** As a list names it. */
export const editionItem = z.object({
  code: z.string(),
  revision: z.int(),
  from: z.iso.date(),
  name: inEach,
  state: z.enum(EDITION_STATES),
  /** Of one that the installation has made: who and why, and the version to send along with a change. */
  own: z
    .object({
      version: z.int(),
      basedOn: z.string(),
      madeBy: z.string(),
      publishedBy: z.string().nullable(),
      reason: z.string().nullable(),
      /** SHA-256 of the body as it was published. */
      hash: z.string().nullable(),
      retiredOn: z.iso.date().nullable(),
      retiredReason: z.string().nullable(),
    })
    .nullable(),
})
export type EditionItem = z.infer<typeof editionItem>

/** A copy to be changed: of another edition under a code of its own, or of an own one as its next revision. */
export const copyInput = z.object({ of: z.string().max(30), code, name: inEach.optional() })
export type CopyInput = z.output<typeof copyInput>

const version = z.int().positive()
export const changeInput = z.object({ version, body: editionBody })
export type ChangeInput = z.output<typeof changeInput>
export const publishInput = z.object({ version, from: sentDay, reason: sentText.min(1).max(500) })
export type PublishInput = z.output<typeof publishInput>
export const retireInput = z.object({
  version,
  /** The newest that is published, unless said. */
  revision: z.int().min(1).optional(),
  reason: sentText.min(1).max(500),
})
export type RetireInput = z.output<typeof retireInput>
