import { z } from 'zod'

/** What a site does when it is asked for something that cannot exist: it says so; it answers with a page all the same; nobody knows. */
export const SOFT_OUTCOMES = ['proper', 'soft', 'unmeasured'] as const
/** What that page is. */
export const SOFT_KINDS = ['home', 'blank', 'page'] as const
export type SoftKind = (typeof SOFT_KINDS)[number]

export const soft404 = z.object({
  outcome: z.enum(SOFT_OUTCOMES),
  /** Why nobody knows: a cause of visits. */
  reason: z.string().nullable(),
  /** What it was asked for. */
  url: z.string(),
  is: z.enum(SOFT_KINDS).nullable(),
})
export type Soft404 = z.infer<typeof soft404>
