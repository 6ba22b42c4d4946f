import { z } from 'zod'
import { person } from '../person.ts'

export * from './aside-rules.ts'

/**
 * What can be set aside because it cannot be done, however often it is tried: a visit that cannot be stored, a page that cannot be read, a link or
 * a whole scan, a column's page, a message column's letters, a message, a fact to be told of, a day to be packed, any other background job, a look
 * of the watchdog.
 */
export const ASIDE_KINDS = [
  'visit',
  'reading',
  'link',
  'scan',
  'column',
  'messages',
  'delivery',
  'notice',
  'pack',
  'job',
  'look',
] as const
export type AsideKind = (typeof ASIDE_KINDS)[number]

/** One thing that is or was set aside; the same one again is counted. */
export const asideEntry = z.object({
  id: z.int(),
  kind: z.enum(ASIDE_KINDS),
  /** Which one among its kind: a number of ours, an address, a day. A digest that was due: `subscription` and its number. */
  ref: z.string(),
  site: z.object({ id: z.int(), name: z.string() }).nullable(),
  firstAt: z.iso.datetime(),
  at: z.iso.datetime(),
  times: z.int(),
  /** As the database or the program said it. */
  error: z.string(),
  /** SQLSTATE. */
  code: z.string().nullable(),
  /** What it was, as far as it is kept. */
  data: z.string().nullable(),
  endedAt: z.iso.datetime().nullable(),
  /** Null while it is set aside, and when it ended by itself. */
  endedBy: person.nullable(),
})
export type AsideEntry = z.infer<typeof asideEntry>
