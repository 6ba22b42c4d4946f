import { z } from 'zod'
import { factBase, factPlace } from '../../base/facts.ts'
import { pauseBefore, pauseInFact } from './pauses.ts'

/**
 * `approved` also of who may approve what is filed by filing it. `begun` and `resumed` are of one window, `ended` of
 * the whole plan, also where nobody has answered it in time.
 */
export const PAUSE_FACTS = [
  'pause.filed',
  'pause.approved',
  'pause.changed',
  'pause.refused',
  'pause.withdrawn',
  'pause.begun',
  'pause.resumed',
  'pause.ended',
] as const
export type PauseFactKind = (typeof PAUSE_FACTS)[number]

export const pauseChanged = z.object({
  ...factBase,
  kind: z.enum(PAUSE_FACTS),
  data: z.object({
    pause: pauseInFact,
    /** What was said with it. */
    text: z.string().nullable(),
    /** Where the sites lay that it covered, each place once. */
    places: z.array(factPlace),
    /** Of a change: how it was before. */
    before: pauseBefore.optional(),
  }),
})

export type PauseChanged = z.infer<typeof pauseChanged>

declare module '../../base/facts.ts' {
  interface Facts {
    pause: PauseChanged
  }
}
