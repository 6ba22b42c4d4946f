import { z } from 'zod'
import { LOOK_OUTCOMES } from './vantages-rules.ts'

/** What one place saw last of a site. */
export const placeSeen = z.object({
  /** Null: the home place, whose visits are kept and judged. */
  name: z.string().nullable(),
  region: z.string().nullable(),
  /** When it looked last; null: it has not yet. */
  at: z.iso.datetime().nullable(),
  outcome: z.enum(LOOK_OUTCOMES).nullable(),
  cause: z.string().nullable(),
  /** HTTP status. */
  status: z.int().nullable(),
  /** How long the look took, ms. */
  totalMs: z.number().nullable(),
  /** Since when it has seen the same outcome; not known of the home place. */
  since: z.iso.datetime().nullable(),
  /** Whether it is among those that looked lately. */
  counts: z.boolean(),
  /** It misses so many sites that the home place reaches that what it misses counts for nothing. */
  isApart: z.boolean(),
  /** Nothing has been heard of the place since then; null: it is there. */
  silentSince: z.iso.datetime().nullable(),
})
export type PlaceSeen = z.infer<typeof placeSeen>

/** What each place sees of a site; the home place comes first, and is alone where there is no other. */
export const siteVantages = z.object({
  places: z.array(placeSeen),
  /** Of those that count. */
  reached: z.int(),
  failed: z.int(),
})
export type SiteVantages = z.infer<typeof siteVantages>
