import { z } from 'zod'
import doubts from './doubts-2026.json' with { type: 'json' }

/** Days, counts and shares that doubts of dates go by. */
export const DOUBTS = doubts

/**
 * Why the date of an item cannot be true. `backdated`: it appeared above items that stood there before, and claims to be older
 * than the last look at which it was not there. `moved`: it was there before, with another date or on an earlier day.
 */
export const DOUBT_KINDS = ['backdated', 'moved'] as const
export type DoubtKind = (typeof DOUBT_KINDS)[number]

const day = z.iso.date()

/** An item whose date contradicts what memory saw of it. */
export const dateDoubt = z.object({
  kind: z.enum(DOUBT_KINDS),
  title: z.string(),
  url: z.string().nullable(),
  /** What it claims. */
  claimed: day,
  /** When it was seen first, and the date that it bore then. */
  firstDay: day,
  firstDate: day.nullable(),
  /** The last look at which it was not there; null where it was. */
  absentDay: day.nullable(),
  /** When the contradiction was seen first, and last. */
  seenDay: day,
  lastDay: day,
})
export type DateDoubt = z.infer<typeof dateDoubt>
