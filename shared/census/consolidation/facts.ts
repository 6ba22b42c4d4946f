import { z } from 'zod'
import { factBase } from '../../base/facts.ts'

export const MOVE_FACTS = ['move.planned', 'move.done', 'move.cancelled'] as const

export const moveChanged = z.object({
  ...factBase,
  kind: z.enum(MOVE_FACTS),
  data: z.object({
    moveId: z.int(),
    /** The platform. */
    to: z.string(),
    /** When it is to be, or was. */
    day: z.string(),
    text: z.string().nullable(),
  }),
})
export type MoveChanged = z.infer<typeof moveChanged>

declare module '../../base/facts.ts' {
  interface Facts {
    move: MoveChanged
  }
}
