import { z } from 'zod'
import { factBase, toMany } from '../../../base/facts.ts'

export const SUBMISSION_FACTS = ['submission.handedIn', 'submission.returned', 'submission.accepted'] as const

export const submissionChanged = z.object({
  ...factBase,
  kind: z.enum(SUBMISSION_FACTS),
  data: z.object({
    submissionId: z.int(),
    /** Of the round. */
    number: z.string(),
    /** Of the unit, or of the district. */
    name: z.string(),
    text: z.string().nullable(),
    ...toMany,
  }),
})
export type SubmissionChanged = z.infer<typeof submissionChanged>

declare module '../../../base/facts.ts' {
  interface Facts {
    submission: SubmissionChanged
  }
}
