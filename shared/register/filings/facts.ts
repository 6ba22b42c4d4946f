import { z } from 'zod'
import { factBase } from '../../base/facts.ts'

export const FILING_FACTS = [
  'filing.filed',
  'filing.returned',
  'filing.approved',
  'filing.refused',
  'filing.withdrawn',
  'filing.begun',
  'filing.ended',
  'filing.attached',
  'filing.detached',
] as const
/** What the monitor tells of the notice of a site that goes. */
export const NOTICE_FACTS = ['filing.noticeSeen', 'filing.noticeMissing', 'filing.shortNotice'] as const

export const filingChanged = z.object({
  ...factBase,
  kind: z.enum([...FILING_FACTS, ...NOTICE_FACTS]),
  data: z.object({
    filingId: z.int(),
    ask: z.string(),
    /** From which day. */
    day: z.string(),
    text: z.string().nullable(),
    /** Of a notice that was too short: how many days it stood. */
    days: z.int().optional(),
  }),
})
export type FilingChanged = z.infer<typeof filingChanged>

declare module '../../base/facts.ts' {
  interface Facts {
    filing: FilingChanged
  }
}
