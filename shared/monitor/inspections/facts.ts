import { z } from 'zod'
import { factBase } from '../../base/facts.ts'

/** What is taken back to being a proposal, or to nothing: an owner is told neither (`docs/decisions/proposals-are-not-told.md`). */
export const PROPOSAL_FACTS = ['problem.refused', 'problem.reopened'] as const

export const PROBLEM_FACTS = ['problem.confirmed', ...PROPOSAL_FACTS] as const

/** What a person said of a problem that a rule of the machine has found. */
export const problemChanged = z.object({
  ...factBase,
  kind: z.enum(PROBLEM_FACTS),
  data: z.object({
    problemId: z.int(),
    rule: z.string(),
    url: z.string(),
    /** What was written with it. */
    text: z.string().nullable(),
  }),
})
export type ProblemChanged = z.infer<typeof problemChanged>

declare module '../../base/facts.ts' {
  interface Facts {
    problem: ProblemChanged
  }
}
