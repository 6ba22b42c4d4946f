import { z } from 'zod'
import { person } from '../../base/person.ts'
import { verdict } from '../../register/sites/states.ts'
import { RENDER_REASONS } from '../rendering/rendering-rules.ts'
import { COLUMN_CLASSES, COLUMN_DEDUCTIONS, COLUMN_STATES, COLUMN_VETOES } from './columns-rules.ts'

export * from './columns-rules.ts'

export const columnClass = z.enum(COLUMN_CLASSES)
export type ColumnClass = z.infer<typeof columnClass>
/**
 * `undated` counts as stale (未注明信息发布时间的视为不更新); `free` has no period; `unknown` was not measured well
 * enough to say anything.
 */
export const columnState = z.enum(COLUMN_STATES)
export type ColumnState = z.infer<typeof columnState>

export const columnVerdicts = z.object({
  vetoes: z.array(z.object({ rule: z.enum(COLUMN_VETOES), verdict, count: z.int(), limit: z.int() })),
  /** `count` is the columns that cost points; for S3 the items of the home page, null when it was not read. */
  deductions: z.array(
    z.object({ rule: z.enum(COLUMN_DEDUCTIONS), count: z.int().nullable(), points: z.number() }),
  ),
})
export type ColumnVerdicts = z.infer<typeof columnVerdicts>

/** Columns that count for V3a (news and notices not updated), V3b (overdue) and V3c (blank). */
export const columnCounts = z.object({ a: z.int(), b: z.int(), c: z.int() })
export type ColumnCounts = z.infer<typeof columnCounts>

/** A column as a site's page shows it. */
export const column = z.object({
  id: z.int(),
  name: z.string(),
  url: z.string().nullable(),
  class: columnClass,
  /** Who said that the class is right; null while it is only what the name suggests. */
  confirmedBy: person.nullable(),
  state: columnState,
  newest: z.string().nullable(),
  /** Items in its window (two weeks where it has none) that were seen on a page of it. */
  recent: z.int(),
  /** It lies below another column and does not count by itself. */
  isChild: z.boolean(),
  /** When it was last seen on the home page, and when its own page was last read. */
  seenAt: z.iso.datetime(),
  listReadAt: z.iso.datetime().nullable(),
  /** Its own page was to be drawn by a browser and could not be, since it was last: it is not held to be neglected by it. */
  undrawn: z.object({ at: z.iso.datetime(), reason: z.enum(RENDER_REASONS) }).nullable(),
})
export type Column = z.infer<typeof column>

export const siteColumns = z.object({
  columns: z.array(column),
  verdicts: columnVerdicts,
  /** Columns that count whose class no person has confirmed. */
  unconfirmed: z.int(),
})
export type SiteColumns = z.infer<typeof siteColumns>
