import { z } from 'zod'
import { factBase } from '../../base/facts.ts'

/** What the register says of a site is another, or a site has come into it. */
export const siteRegistered = z.object({
  ...factBase,
  kind: z.enum(['ledger.edited', 'ledger.added']),
  data: z.object({
    /** The fields that changed. */
    fields: z.array(z.string()),
    /** Why. */
    text: z.string().nullable(),
  }),
})
export type SiteRegistered = z.infer<typeof siteRegistered>

declare module '../../base/facts.ts' {
  interface Facts {
    ledger: SiteRegistered
  }
}
