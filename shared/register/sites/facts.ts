import { z } from 'zod'
import { factBase } from '../../base/facts.ts'

/** The register was loaded or edited: what a browser holds of it is out of date, so it asks for a snapshot. */
export const registerChanged = z.object({
  ...factBase,
  kind: z.literal('register.changed'),
  data: z.object({
    added: z.int(),
    changed: z.int(),
    /** What else every screen has from the board; absent: the sites. */
    what: z.enum(['settings', 'divisions']).optional(),
  }),
})

declare module '../../base/facts.ts' {
  interface Facts {
    register: z.infer<typeof registerChanged>
  }
}
