import { z } from 'zod'
import { factBase, toMany } from '../../../base/facts.ts'

export const UNIT_FACTS = ['unit.merged', 'unit.unmerged'] as const

export const unitMerged = z.object({
  ...factBase,
  kind: z.enum(UNIT_FACTS),
  data: z.object({
    ...toMany,
    unitId: z.int(),
    /** The one that went, and the one that it went into. */
    name: z.string(),
    into: z.string(),
    text: z.string().nullable(),
  }),
})
export type UnitMerged = z.infer<typeof unitMerged>

declare module '../../../base/facts.ts' {
  interface Facts {
    unitMerge: UnitMerged
  }
}
