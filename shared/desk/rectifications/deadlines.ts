import { z } from 'zod'
import { level } from '../../register/sites/sites.ts'

export * from './deadlines-rules.ts'

/** How long somebody has: hours by the clock, or Chinese working days to the end of the last of them. */
export const termLength = z.union([
  z.object({ hours: z.int().min(1).max(720) }),
  z.object({ workdays: z.int().min(1).max(250) }),
])
export type TermLength = z.infer<typeof termLength>

/** A line of the table: of which rules and of sites of which level it speaks; left out: of all. */
export const deadlineRow = z.object({
  rules: z.array(z.string()).optional(),
  levels: z.array(level).optional(),
  term: termLength,
})
export type DeadlineRow = z.infer<typeof deadlineRow>

/** The first line that speaks of a rectification says its term; the last speaks of all. */
export const deadlineTable = z
  .array(deadlineRow)
  .min(1)
  .refine((rows) => rows.at(-1)?.rules === undefined && rows.at(-1)?.levels === undefined)
