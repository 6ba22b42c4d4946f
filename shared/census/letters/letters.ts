import { z } from 'zod'
import { rowId, sentId } from '../../base/ids.ts'
import { sentDay } from '../../base/instant.ts'
import { person } from '../../base/person.ts'
import { sentText } from '../../base/sent-text.ts'
import { ways } from '../../base/ways.ts'
import { messageColumn, messagesVerdict } from '../../monitor/messages/messages.ts'
import {
  HOTLINE_EDITIONS,
  LETTER_KINDS,
  LETTER_STANDINGS,
  LETTER_STATES,
  LETTER_STEP_NAMES,
  LETTER_WAYS,
  MOST_BODY,
  MOST_LETTER_NOTE,
  MOST_REPLY,
  MOST_TITLE,
  SITE_FAULTS,
} from './letters-rules.ts'

const kind = z.enum(LETTER_KINDS)
const version = z.int().min(1)
const note = sentText.max(MOST_LETTER_NOTE)
const noted = { note: note.default('') }
const reasoned = { note: note.min(1) }
const rating = z
  .int()
  .min(Math.min(...HOTLINE_EDITIONS.map((one) => one.rating.least)))
  .max(Math.max(...HOTLINE_EDITIONS.map((one) => one.rating.most)))
const workdays = z
  .int()
  .min(1)
  .max(Math.max(...HOTLINE_EDITIONS.map(({ extension }) => extension.mostWorkdays)))

/** Who has written; any of it may be missing. */
export const letterPerson = z.object({
  name: sentText.max(50).default(''),
  phone: ways.phone,
  mail: ways.mail,
  address: sentText.max(200).default(''),
})
export type LetterPerson = z.infer<typeof letterPerson>

/** A letter as it is recorded; with what has become of it already, where it was handled elsewhere. */
export const newLetter = z.object({
  kind,
  /** The local day on which it came in: day zero of its term. */
  receivedOn: sentDay,
  title: sentText.min(1).max(MOST_TITLE),
  body: sentText.min(1).max(MOST_BODY),
  /** The department that it is given to at once. */
  unitId: sentId.optional(),
  /** Its number where it came from; one number is one letter. */
  reference: sentText.min(1).max(60).optional(),
  person: letterPerson.optional(),
  transferredOn: sentDay.optional(),
  repliedOn: sentDay.optional(),
  reply: sentText.min(1).max(MOST_REPLY).optional(),
  rating: rating.optional(),
  published: z.boolean().default(false),
})
export type NewLetter = z.output<typeof newLetter>

/** What each step says besides the version that its person has seen. */
export const letterStepInput = {
  assign: z.object({ version, unitId: sentId, ...noted }),
  transfer: z.object({ version, unitId: sentId, ...noted }),
  return: z.object({ version, ...reasoned }),
  join: z.object({ version, unitId: sentId, ...noted }),
  contribute: z.object({ version, ...reasoned }),
  ask: z.object({ version, workdays, ...reasoned }),
  extend: z.object({ version, workdays, ...reasoned }),
  decline: z.object({ version, ...reasoned }),
  reply: z.object({
    version,
    text: sentText.min(1).max(MOST_REPLY),
    /** The day of an answer that was given elsewhere before; else it is the day on which it is approved. */
    repliedOn: sentDay.optional(),
  }),
  revise: z.object({ version, ...reasoned }),
  approve: z.object({ version, ...noted }),
  publish: z.object({ version, ...noted }),
  unpublish: z.object({ version, ...reasoned }),
  rate: z.object({ version, rating, ...noted }),
  close: z.object({ version, ...noted }),
  reopen: z.object({ version, ...reasoned }),
  link: z.object({ version, siteId: sentId, fault: z.enum(SITE_FAULTS), ...noted }),
  merge: z.object({ version, into: sentId, ...noted }),
  forget: z.object({ version, ...reasoned }),
} as const

const unit = z.object({ id: z.int(), name: z.string() })

/** What the monitor knows of what a letter says of a site. */
export const letterSite = z.object({
  id: z.int(),
  name: z.string(),
  fault: z.enum(SITE_FAULTS),
  /** The alert of the site that says the same, if there is one. */
  alert: z
    .object({
      id: z.int(),
      rule: z.string(),
      openedAt: z.iso.datetime(),
      resolvedAt: z.iso.datetime().nullable(),
    })
    .nullable(),
  /** Or the finding that was made of it. */
  finding: z.object({ id: z.int(), number: z.string(), mendedAt: z.iso.datetime().nullable() }).nullable(),
})

/** A letter as lists have it: nothing of the person who wrote. */
export const letter = z.object({
  id: z.int(),
  version: z.int(),
  number: z.string(),
  kind,
  title: z.string(),
  state: z.enum(LETTER_STATES),
  standing: z.enum(LETTER_STANDINGS),
  receivedOn: z.string(),
  /** The last day on which its first answer is in time. */
  dueOn: z.string(),
  /** The day rests on a year whose holidays are not announced. */
  provisional: z.boolean(),
  /** The last day of what is to be done now, and the working days to it (negative: past it); null: nothing is. */
  actOn: z.string().nullable(),
  workdaysLeft: z.int().nullable(),
  firstAnsweredOn: z.string().nullable(),
  unit: unit.nullable(),
  district: z.string().nullable(),
  joint: z.array(unit),
  rating: z.int().nullable(),
  published: z.boolean(),
  /** Working days that it was extended by. */
  extended: z.int().nullable(),
  /** Working days that are asked for and not decided. */
  asked: z.int().nullable(),
  mergedInto: z.int().nullable(),
})
export type Letter = z.infer<typeof letter>

/** A step that was taken. */
export const letterStep = z.object({
  step: z.enum(['record', ...LETTER_STEP_NAMES]),
  at: z.iso.datetime(),
  /** The local day that it counts for, where that is another than the day on which it was written down. */
  on: z.string().nullable(),
  by: person.nullable(),
  unit: unit.nullable(),
  /** Working days, or the rating. */
  number: z.int().nullable(),
  text: z.string(),
})
export type LetterStepTaken = z.infer<typeof letterStep>

/** Another letter that is likely the same, and by what. */
export const similarLetter = z.object({
  id: z.int(),
  number: z.string(),
  title: z.string(),
  state: z.enum(LETTER_STATES),
  receivedOn: z.string(),
  by: z.array(z.enum(['text', 'person', 'site'])),
})

export const letterDetail = letter.extend({
  body: z.string(),
  reference: z.string().nullable(),
  via: z.enum(LETTER_WAYS),
  rules: z.string(),
  termWorkdays: z.int(),
  reply: z.string().nullable(),
  answeredOn: z.string().nullable(),
  publishedOn: z.string().nullable(),
  /** Null: there is none, it was deleted, or whoever asks does not need it: `personState` says which. */
  person: letterPerson.nullable(),
  personState: z.enum(['shown', 'hidden', 'none', 'deleted']),
  site: letterSite.nullable(),
  steps: z.array(letterStep),
  similar: z.array(similarLetter),
  /** What whoever asks may do with it now. */
  may: z.array(z.enum(LETTER_STEP_NAMES)),
})
export type LetterDetail = z.infer<typeof letterDetail>

/** What becomes of a row of a sheet, and why not. */
export const letterImport = z.object({
  counts: z.object({ new: z.int(), same: z.int(), wrong: z.int() }),
  /** The wrong ones, at most so many. */
  rows: z.array(
    z.object({
      line: z.int(),
      title: z.string(),
      errors: z.array(z.object({ column: z.string(), message: z.string() })),
    }),
  ),
  /** Columns that are none of a letter's. */
  ignored: z.array(z.string()),
  /** Of the new ones, those that are public by the sheet and are recorded unpublished, as whoever sends it may publish none. */
  unpublished: z.int(),
  applied: z.boolean(),
})
export type LetterImport = z.infer<typeof letterImport>

export const letterFilter = z.object({
  state: z.enum([...LETTER_STATES, 'open', 'all']).default('all'),
  unit: rowId.optional(),
  kind: kind.optional(),
  district: z.string().max(12).optional(),
  site: rowId.optional(),
  /** Past its last day without an answer, or answered past it. */
  late: z.enum(['true', 'false']).optional(),
  /** Open, and near its last day or past it. */
  urgent: z.enum(['true', 'false']).optional(),
  /** A part of the title, or the number. */
  q: sentText.max(100).optional(),
  /** Those that fell due in a month, YYYY-MM. */
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
    .optional(),
})

/** Letters without an answer for months, by the hotline and by what the monitor has seen on the site itself. */
export const siteUnanswered = z.object({
  rule: z.string(),
  /** Of the department that the site stands for; numbers for whoever may read letters. */
  hotline: z.object({ count: z.int(), numbers: z.array(z.string()) }),
  site: messagesVerdict,
  columns: z.array(messageColumn),
})
export type SiteUnanswered = z.infer<typeof siteUnanswered>
