import { z } from 'zod'
import { MOST_ID, rowId, sentId } from '../../base/ids.ts'
import { sentDay } from '../../base/instant.ts'
import { person } from '../../base/person.ts'
import { sentText } from '../../base/sent-text.ts'
import { inEach } from '../../register/rule-editions/editions.ts'
import {
  DOCUMENT_KINDS,
  DOCUMENT_STATES,
  MOST_REPLY,
  MOST_REQUIREMENTS,
  MOST_TITLE,
  VALUE_TYPES,
} from './documents-rules.ts'

/** A figure or a cell; what kind of value it is says its column. Null: not known. */
export const value = z.union([z.string(), z.number(), z.array(z.string()), z.null()])
export type Value = z.infer<typeof value>

export const column = z.object({ key: z.string(), type: z.enum(VALUE_TYPES) })
export type Column = z.infer<typeof column>

export const table = z.object({
  columns: z.array(column),
  /** The rows; of a long table the first of them. */
  rows: z.array(z.array(value)),
  total: z.int(),
  /** SHA-256 of all rows, of a table that is not here in full. */
  hash: z.string().optional(),
})
export type Table = z.infer<typeof table>

/** A picture of a page that a chapter shows, and what it is of; its content is held by its hash. */
export const shownPicture = z.object({
  id: z.int(),
  of: z.string(),
  at: z.iso.datetime(),
  url: z.string(),
  hash: z.string(),
  /** px. */
  width: z.int(),
  height: z.int(),
})
export type ShownPicture = z.infer<typeof shownPicture>

/** A chapter: which figures and tables stand in it, and of which table a chart is drawn. */
export const section = z.object({
  key: z.string(),
  figures: z.array(z.string()),
  tables: z.array(z.string()),
  chart: z.string().nullable(),
  pictures: z.array(shownPicture).optional(),
})
export type Section = z.infer<typeof section>

/** Sites that are no part of the denominator, and why. */
export const EXCLUSIONS = ['closed', 'merged', 'exempt', 'paused', 'notDrawn'] as const

const named = z.object({ name: z.string(), nameEn: z.string() })

/** What a document says, as data: made once, by the functions that the screens use, and kept with it. */
export const documentData = z.object({
  kind: z.enum(DOCUMENT_KINDS),
  madeAt: z.iso.datetime(),
  place: named.extend({ district: z.string().nullable(), siteId: z.int().nullable() }),
  /** The place of the installation, whose office it is. */
  area: named,
  round: z.object({ id: z.int(), number: z.string() }).nullable(),
  window: z.object({ from: z.iso.date(), to: z.iso.date() }),
  edition: z.object({ code: z.string(), revision: z.int(), name: inEach }).nullable(),
  /** Sites that are counted. */
  denominator: z.int(),
  excluded: z.array(z.object({ reason: z.enum(EXCLUSIONS), n: z.int() })),
  /** Sites of the denominator of which nothing was measured. */
  unmeasured: z.int(),
  figures: z.record(z.string(), z.object({ type: z.enum(VALUE_TYPES), value })),
  sections: z.array(section),
  tables: z.record(z.string(), table),
  /** What the codes in it are called. */
  places: z.record(z.string(), named),
  rules: z.record(z.string(), inEach),
})
export type DocumentData = z.infer<typeof documentData>

/** What a document is asked of. */
export const asked = z.object({
  kind: z.enum(DOCUMENT_KINDS),
  /** A round, for circulars (of a spot check), half-monthly reports, closing reports; a deep report may be of one. */
  roundId: sentId.optional(),
  siteId: sentId.optional(),
  /** A district; without it and without a site, the whole. */
  district: z.string().max(20).optional(),
  /** The day of a score sheet or log: today, unless said. */
  on: sentDay.optional(),
})
export type Asked = z.output<typeof asked>

export const newDocument = asked.extend({
  /** An issued document whose place it takes once it is issued itself. */
  supersedes: sentId.optional(),
})
export type NewDocument = z.output<typeof newDocument>

const version = z.int().min(1).max(MOST_ID)
export const documentStep = z.object({ version })
export const documentReturn = documentStep.extend({ note: sentText.min(1).max(MOST_REQUIREMENTS) })
/** What whoever drafts it writes; what is left out stays as it is. */
export const documentEdit = documentStep.extend({
  title: sentText.min(1).max(MOST_TITLE).optional(),
  requirements: sentText.max(MOST_REQUIREMENTS).optional(),
  /** Last day on which what it demands is to be done. */
  dueOn: sentDay.nullable().optional(),
  /** Whether anybody may read it once it is issued. */
  isPublic: z.boolean().optional(),
})
export type DocumentEdit = z.output<typeof documentEdit>
export const documentReply = z.object({ text: sentText.min(1).max(MOST_REPLY) })

const step = z.object({ by: person, at: z.iso.datetime() })

export const document = z.object({
  id: z.int(),
  version: z.int(),
  kind: z.enum(DOCUMENT_KINDS),
  state: z.enum(DOCUMENT_STATES),
  title: z.string(),
  /** 〔2026〕3号, without gaps in its series; null until it is issued. */
  number: z.string().nullable(),
  /** Its address without sign-in is /public/documents/<slug>; null where it has none. */
  slug: z.string().nullable(),
  isPublic: z.boolean(),
  district: z.string().nullable(),
  siteId: z.int().nullable(),
  roundId: z.int().nullable(),
  requirements: z.string(),
  dueOn: z.string().nullable(),
  drafted: step,
  reviewed: step.extend({ note: z.string() }).nullable(),
  issued: step.nullable(),
  supersedes: z.int().nullable(),
  supersededBy: z.int().nullable(),
  /** Units that were told, have opened it, have replied. */
  receipts: z.object({ told: z.int(), opened: z.int(), replied: z.int() }),
  rectifications: z.int(),
  /** How far a large one has come that is still being made; null: it is made. */
  making: z.object({ done: z.int(), total: z.int() }).nullable(),
  dataHash: z.string().nullable(),
  may: z.array(z.enum(['edit', 'review', 'return', 'issue', 'supersede', 'reply'])),
})
export type Document = z.infer<typeof document>

export const documentDetail = document.extend({ data: documentData.nullable() })
export type DocumentDetail = z.infer<typeof documentDetail>

export const receipt = z.object({
  unitId: z.int(),
  unit: z.string(),
  district: z.string(),
  openedAt: z.iso.datetime().nullable(),
  openedBy: z.string().nullable(),
  reply: z.string().nullable(),
  repliedAt: z.iso.datetime().nullable(),
  repliedBy: z.string().nullable(),
})
export type Receipt = z.infer<typeof receipt>

export const documentFilter = z.object({
  kind: z.enum(DOCUMENT_KINDS).optional(),
  state: z.enum(DOCUMENT_STATES).optional(),
  round: rowId.optional(),
})
