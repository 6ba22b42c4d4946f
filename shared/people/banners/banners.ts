import { z } from 'zod'

/** Something that a noun has to say across every screen, the wall's too. */
export const banner = z.object({
  /** The page that it leads to. */
  page: z.string(),
  id: z.int(),
  text: z.string(),
  urgent: z.boolean(),
  /** Who says it. */
  by: z.string(),
  until: z.iso.datetime(),
})
export type Banner = z.infer<typeof banner>
