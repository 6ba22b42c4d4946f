import { z } from 'zod'
import { BAD_STATES } from './outbound-rules.ts'

/** What became of a foreign host, as the alert of it says. */
export const outboundEvidence = z.object({
  hostId: z.int(),
  is: z.enum(BAD_STATES),
  /** What speaks for it: words of the page, or names of hosts. */
  signs: z.array(z.string()),
  /** Where its address leads now, and the title there. */
  landing: z.string().nullable(),
  title: z.string().nullable(),
  /** Scripts or frames of sites come from it. */
  isCode: z.boolean(),
  pages: z.int(),
  /** By what it is known again: a person who calls it false has judged this and nothing else. */
  print: z.string(),
  /** A few of the sites, with a page that leads there. */
  some: z.array(z.object({ siteId: z.int(), site: z.string(), page: z.string() })),
})
export type OutboundEvidence = z.infer<typeof outboundEvidence>
