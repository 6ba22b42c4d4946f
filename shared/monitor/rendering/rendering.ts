import { z } from 'zod'
import { FINDING_OUTCOMES } from '../freshness/freshness-rules.ts'
import { RENDER_CAUSES, RENDER_REASONS } from './rendering-rules.ts'

export * from './rendering-rules.ts'

const instant = z.string()

/** What one reading of a home page says. */
export const pageReading = z.object({
  at: instant,
  outcome: z.enum(FINDING_OUTCOMES),
  newest: z.string().nullable(),
  /** Why nothing was found, as in a finding. */
  reason: z.string().nullable(),
  /** The newest item's title. */
  text: z.string().nullable(),
})
export type PageReading = z.infer<typeof pageReading>

/** How the home page of a site reads as its server sends it, and as a browser draws it. */
export const siteRendering = z.object({
  /**
   * Whether pages can be drawn: `ready`; `silent`: the renderer has not been heard of for minutes, and verdicts wait for it;
   * `none`: none is there, or not any more; `broken`: one is, and cannot.
   */
  renderer: z.enum(['ready', 'silent', 'none', 'broken']),
  /** When a renderer was heard of last, and until when verdicts wait for one that is silent. Null otherwise. */
  heardAt: instant.nullable(),
  waitsUntil: instant.nullable(),
  /** Why its page is drawn again and again; null: what is sent says enough. */
  cause: z.enum(RENDER_CAUSES).nullable(),
  sent: pageReading.nullable(),
  drawn: pageReading
    .extend({ url: z.string(), tookMs: z.int(), requests: z.int(), bytes: z.int() })
    .nullable(),
  /** Which of the two its site is judged by. */
  believed: z.enum(['sent', 'drawn']).nullable(),
  /** It could not be drawn since. */
  failed: z.object({ at: instant, reason: z.enum(RENDER_REASONS) }).nullable(),
  /** It is to be drawn: since when, and whether it is being done. */
  open: z.object({ at: instant, cause: z.enum(RENDER_CAUSES), isUnderWay: z.boolean() }).nullable(),
})
export type SiteRendering = z.infer<typeof siteRendering>
