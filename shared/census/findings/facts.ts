import { z } from 'zod'
import { factBase } from '../../base/facts.ts'

export const FINDING_FACTS = [
  'finding.proposed',
  'finding.confirmed',
  'finding.dismissed',
  'finding.mended',
  'finding.moved',
] as const

export const findingChanged = z.object({
  ...factBase,
  kind: z.enum(FINDING_FACTS),
  data: z.object({
    findingId: z.int(),
    number: z.string(),
    rule: z.string(),
    /** What was written with it. */
    text: z.string().nullable(),
  }),
})
export type FindingChanged = z.infer<typeof findingChanged>

declare module '../../base/facts.ts' {
  interface Facts {
    finding: FindingChanged
  }
}
