import { z } from 'zod'
import { level } from '../../register/sites/sites.ts'

export * from './importance-rules.ts'

/**
 * What a site's level counts for. `weight`: of what is otherwise alike, the heavier comes first in every list.
 * `raise`: by so many grades its alerts are graver than those of any other site. `marked`: it stands out on the wall.
 */
export const importance = z.object({
  weight: z.int().min(0),
  raise: z.int().min(0).max(2),
  marked: z.boolean(),
})
export type Importance = z.infer<typeof importance>
export const importanceTable = z.record(level, importance)
