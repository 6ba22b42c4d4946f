import { z } from 'zod'
import { shownPicture, value } from './documents.ts'
import { VALUE_TYPES } from './documents-rules.ts'

/*
 * A document in the words of one language: what the screen shows, what is printed, and what templates and workbooks
 * are filled with. Codes are words already; numbers, shares, days and instants are still what they are.
 */

const type = z.enum(VALUE_TYPES)
const line = z.object({ key: z.string(), label: z.string(), type, value })
export const paperTable = z.object({
  key: z.string(),
  caption: z.string(),
  columns: z.array(z.object({ key: z.string(), label: z.string(), type })),
  rows: z.array(z.array(value)),
  /** More than are here, of a long table. */
  total: z.int(),
})
export type PaperTable = z.infer<typeof paperTable>

export const bars = z.object({
  title: z.string(),
  names: z.array(z.string()),
  series: z.array(z.object({ key: z.string(), label: z.string(), values: z.array(z.number()) })),
})
export type Bars = z.infer<typeof bars>

export const paperSection = z.object({
  key: z.string(),
  heading: z.string(),
  /** What the figures come to, in sentences. */
  text: z.string(),
  figures: z.array(line),
  tables: z.array(paperTable),
  chart: bars.nullable(),
  /** Pictures of pages, each with what it is of, when and by what it is known again. */
  pictures: z.array(shownPicture.extend({ caption: z.string() })),
})
export type PaperSection = z.infer<typeof paperSection>

export const paper = z.object({
  title: z.string(),
  /** Whose it is. */
  office: z.string(),
  number: z.string(),
  /** The day of its issue, else of its making, as it is written on documents. */
  date: z.string(),
  /** What it goes by: edition, window, denominator, exclusions, not measured, hash, address. */
  basis: z.array(line),
  sections: z.array(paperSection),
  requirementsHeading: z.string(),
  requirements: z.string(),
  due: z.string(),
  signed: z.string(),
  /** What is to be known of it first, as that another has taken its place. */
  note: z.string(),
})
export type Paper = z.infer<typeof paper>
