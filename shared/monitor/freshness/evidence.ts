import { z } from 'zod'
import { siteState, VERDICTS } from '../../register/sites/states.ts'
import { finding } from './freshness.ts'

/** What a kept page shows: the verdict of V2, or that a firewall answered in the site's place. */
export const SHOWN = [...VERDICTS, 'blocked'] as const
export const shown = z.enum(SHOWN)
export type Shown = z.infer<typeof shown>

/** A page that was kept when the verdict changed, and what was read on it. Sizes in bytes. */
export const siteEvidence = z.object({
  id: z.int(),
  siteId: z.int(),
  at: z.iso.datetime(),
  shown,
  state: siteState,
  /** Where the page was found, after all redirects. */
  url: z.string(),
  finding: finding.nullable(),
  /** SHA-256 of the page as it was kept, in hexadecimal. */
  hash: z.string(),
  size: z.int(),
  keptSize: z.int(),
  /** The page was too large; only its beginning was kept. */
  cut: z.boolean(),
})
export type SiteEvidence = z.infer<typeof siteEvidence>

export const diffLine = z.object({ change: z.enum(['same', 'added', 'removed']), text: z.string() })
export type DiffLine = z.infer<typeof diffLine>

/** How the text of a kept page differs from the copy kept before it. */
export const difference = z.object({
  previousId: z.int(),
  previousAt: z.iso.datetime(),
  added: z.int(),
  removed: z.int(),
  /** Changed lines with a few unchanged ones around each; a gap is an empty unchanged line. */
  lines: z.array(diffLine),
})
export type Difference = z.infer<typeof difference>

export const evidenceDetail = siteEvidence.extend({
  site: z.object({ id: z.int(), name: z.string(), code: z.string() }),
  difference: difference.nullable(),
})
export type EvidenceDetail = z.infer<typeof evidenceDetail>
