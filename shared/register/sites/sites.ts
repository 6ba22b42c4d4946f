import { z } from 'zod'
import { sentText } from '../../base/sent-text.ts'
import { LEVELS, LIFECYCLES } from './sites-rules.ts'
import { availability, siteState, verdict } from './states.ts'

export * from './sites-rules.ts'

export const level = z.enum(LEVELS)
export type Level = z.infer<typeof level>

/** A site as lists show it. */
export const site = z.object({
  id: z.int(),
  code: z.string(),
  name: z.string(),
  url: z.string(),
  level,
  district: z.string(),
  unitId: z.int(),
  unit: z.string(),
  platform: z.string().nullable(),
  demo: z.boolean(),
  /** Of what the register says; whoever changes it names the one that they have seen. */
  version: z.int(),
  lifecycle: z.enum(LIFECYCLES),
  state: siteState,
  stateSince: z.iso.datetime().nullable(),
  availability,
  cause: z.string().nullable(),
  since: z.iso.datetime().nullable(),
  v1: verdict,
  /** Failed share of the last 7 days in per cent. */
  share: z.number().nullable(),
  v2: verdict,
  v3: verdict,
  /** Newest credible publish date on the home page. */
  newest: z.string().nullable(),
  lastVisitAt: z.iso.datetime().nullable(),
  lastOkAt: z.iso.datetime().nullable(),
  latencyMs: z.number().nullable(),
  flapping: z.boolean(),
})
export type Site = z.infer<typeof site>

/** By which field of one's own sites are asked for, and what it says; without that, those of which it says nothing. */
export const ownFilter = {
  own: z
    .string()
    .regex(/^own\d{1,4}$/)
    .optional(),
  ownValue: sentText.max(200).optional(),
}
