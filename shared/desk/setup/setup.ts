import { z } from 'zod'
import { SETUP_CARDS, SETUP_STATES } from './setup-rules.ts'

export * from './setup-rules.ts'

export const setupStep = z.object({
  step: z.enum(SETUP_CARDS),
  state: z.enum(SETUP_STATES),
  /** How many are missing, where that can be counted: districts without an account. */
  lacking: z.int(),
})
export type SetupStep = z.infer<typeof setupStep>
