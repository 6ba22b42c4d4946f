import { z } from 'zod'
import { factBase, toMany } from '../../base/facts.ts'

export const ROUND_FACTS = [
  'round.planned',
  'round.opened',
  'round.drawn',
  'round.assigned',
  'round.paused',
  'round.resumed',
  'round.closed',
  'round.voided',
] as const

export const roundChanged = z.object({
  ...factBase,
  kind: z.enum(ROUND_FACTS),
  data: z.object({
    roundId: z.int(),
    number: z.string(),
    due: z.string(),
    /** Why it is void; the seed. */
    text: z.string().nullable(),
    ...toMany,
  }),
})
export type RoundChanged = z.infer<typeof roundChanged>

declare module '../../base/facts.ts' {
  interface Facts {
    round: RoundChanged
  }
}
