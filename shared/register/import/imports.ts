import { z } from 'zod'
import { namedPlace } from '../../base/places.ts'
import { sentText } from '../../base/sent-text.ts'
import { divisionCode } from '../divisions/divisions.ts'
import { CHANGED_ANSWERS, MISSING_ANSWERS, REAPPEARED_ANSWERS } from './imports-rules.ts'

export * from './imports-rules.ts'

const placeQuestion = {
  key: z.string(),
  /** Rows of the file that wait for the answer. */
  rows: z.int(),
  /** The first of their lines, and what is on them. */
  lines: z.array(z.int()),
  examples: z.array(z.string()),
  /** The part of the area that the names on those lines speak of. */
  suggestion: namedPlace.nullable(),
}
const namedSite = z.object({ code: z.string(), name: z.string(), url: z.string() })
export type NamedSite = z.infer<typeof namedSite>

/**
 * What an import cannot know. Rows that a question is about wait for its answer; everything else is loaded without.
 */
export const question = z.discriminatedUnion('kind', [
  /** The first six characters of site codes are no division's. */
  z.object({ kind: z.literal('unknownCode'), code: z.string(), ...placeQuestion }),
  /** The column of districts says what is none. */
  z.object({ kind: z.literal('unknownPlace'), text: z.string(), ...placeQuestion }),
  /** A division that does not lie in the area. */
  z.object({ kind: z.literal('outside'), place: namedPlace, ...placeQuestion }),
  /** Sites of the register, in places that the file has, which the file has not. */
  z.object({
    kind: z.literal('missing'),
    key: z.literal('missing'),
    sites: z.array(namedSite),
    /** How many there are beside those that are named. */
    more: z.int().optional(),
  }),
  /** A site that the register has under another code. */
  z.object({
    kind: z.literal('changedCode'),
    key: z.string(),
    line: z.int(),
    from: namedSite,
    to: namedSite,
    same: z.array(z.enum(['host', 'name'])),
  }),
  /** A site that an earlier import has ended is in the file again, by its code, or at its address with a new one. */
  z.object({
    kind: z.literal('reappeared'),
    key: z.string(),
    line: z.int(),
    site: namedSite,
    how: z.enum(['closed', 'moved']),
    to: namedSite,
    same: z.enum(['code', 'host']),
  }),
])
export type Question = z.infer<typeof question>

/** By the key of a question. A question without an answer stays open, and changes nothing. */
export const answers = z.record(
  z.string().max(300),
  z.union([
    z.enum(['accept', 'leave']),
    z.string().regex(/^map:[a-z0-9][a-z0-9-]{1,19}$/),
    z.enum(MISSING_ANSWERS),
    z.enum(CHANGED_ANSWERS),
    z.enum(REAPPEARED_ANSWERS),
  ]),
)
export type Answers = z.infer<typeof answers>

/** A row that is wrong. */
export const importRow = z.object({
  line: z.int(),
  /** The name of its sheet, where several of a workbook hold a register. */
  sheet: z.string().optional(),
  verdict: z.literal('wrong'),
  errors: z.array(z.object({ column: z.string().nullable(), message: z.string() })),
})

/** A unit of the register that is left without sites, and the units that they go to. */
const emptiedUnit = z.object({
  id: z.int(),
  name: z.string(),
  place: namedPlace,
  into: z.array(z.object({ name: z.string(), place: namedPlace, sites: z.int() })),
})
export type EmptiedUnit = z.infer<typeof emptiedUnit>

export const registerImport = z.object({
  id: z.int(),
  state: z.enum(['checked', 'applied']),
  file: z.string(),
  /** Whose register it is taken for, and whether the file has said so or the installation's settings. */
  area: namedPlace.nullable(),
  areaBy: z.enum(['file', 'setting']),
  /** The groups that the file's sites fall into, with how many. */
  groups: z.array(namedPlace.extend({ sites: z.int() })),
  counts: z.object({
    new: z.int(),
    changed: z.int(),
    same: z.int(),
    wrong: z.int(),
    /** Rows that wait for an answer, and those that an answer leaves out. */
    waiting: z.int(),
    left: z.int(),
  }),
  rows: z.array(importRow),
  questions: z.array(question),
  /** Questions beside those, which are asked when some of them are answered. */
  moreQuestions: z.int().optional(),
  answers,
  /** Units whose sites all go to others: what else hangs on them stays until they are merged. */
  emptied: z.array(emptiedUnit).optional(),
  /** How many there are beside those. */
  moreEmptied: z.int().optional(),
  /** Sites of the demo that go when it is applied, or went. */
  demo: z.int(),
})
export type RegisterImport = z.infer<typeof registerImport>

export const applyImportInput = z.object({
  answers: answers.default({}),
  /** Load the good rows although others are wrong. */
  skipBad: z.boolean().default(false),
})

export const importQuery = z.object({
  dryRun: z.enum(['true', 'false']).default('false'),
  /** Whose register it is; else what the settings say, else what follows from the file. */
  area: divisionCode.optional(),
  skipBad: z.enum(['true', 'false']).default('false'),
  name: sentText.max(200).default(''),
})
