import { z } from 'zod'
import { factBase, toMany } from '../../../base/facts.ts'

export const ZERO_REPORT_FACTS = ['zeroReport.signed'] as const

export const zeroReportChanged = z.object({
  ...factBase,
  kind: z.enum(ZERO_REPORT_FACTS),
  data: z.object({
    reportId: z.int(),
    /** Of the round. */
    number: z.string(),
    /** Of the unit, or of the district. */
    name: z.string(),
    /** Null: nothing happened. */
    text: z.string().nullable(),
    ...toMany,
  }),
})
export type ZeroReportChanged = z.infer<typeof zeroReportChanged>

declare module '../../../base/facts.ts' {
  interface Facts {
    zeroReport: ZeroReportChanged
  }
}
