import { z } from 'zod'
import { ROUND_KINDS, STANDINGS } from '../rounds-rules.ts'

/** So many of those that are missing are named in a district. */
export const NAMED_MISSING = 20

/** How far a round that is under way has come, within the scope of who asks. */
export const openRound = z.object({
  id: z.int(),
  number: z.string(),
  kind: z.enum(ROUND_KINDS),
  /** Of a guarded period. */
  name: z.string().nullable(),
  dueOn: z.iso.date(),
  standing: z.enum(STANDINGS),
  total: z.int(),
  done: z.int(),
  /** In the order of their codes; complete ones among them. */
  districts: z.array(
    z.object({
      district: z.string(),
      total: z.int(),
      done: z.int(),
      /** Who has not handed in: names of units, null for the district itself. Of rounds that machines or reviewers do, nobody. */
      missing: z.array(z.object({ submissionId: z.int(), unit: z.string().nullable() })),
    }),
  ),
})
export type OpenRound = z.infer<typeof openRound>

/** A zero report that is missing now. */
export const missingZero = z.object({
  id: z.int(),
  roundId: z.int(),
  district: z.string(),
  unit: z.string().nullable(),
  dueAt: z.iso.datetime(),
})
export type MissingZero = z.infer<typeof missingZero>

export const completeness = z.object({ rounds: z.array(openRound), zero: z.array(missingZero) })
export type Completeness = z.infer<typeof completeness>
