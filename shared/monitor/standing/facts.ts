import { z } from 'zod'
import { factBase } from '../../base/facts.ts'
import { availability, siteState, verdict } from '../../register/sites/states.ts'
import { sayInput } from '../findings/findings.ts'

/** Everything of a site that changes and that an operator would want to replay. */
export const siteFacts = z.object({
  state: siteState,
  stateSince: z.iso.datetime(),
  availability,
  cause: z.string().nullable(),
  since: z.iso.datetime(),
  v1: verdict,
  share: z.number().nullable(),
  v2: verdict,
  /** Facts of before columns were judged say nothing of it. */
  v3: verdict.default('insufficient'),
  newest: z.string().nullable(),
  /** Changes between well and failed again and again; facts of before that was told say nothing of it. */
  flapping: z.boolean().default(false),
})
export type SiteFacts = z.infer<typeof siteFacts>

export const siteChanged = z.object({
  ...factBase,
  kind: z.literal('site.changed'),
  /** `after` is the whole of it, so that applying a fact twice changes nothing. */
  data: z.object({
    before: z.object({ state: siteState, availability }).nullable(),
    after: siteFacts,
    /** What a person said of how fresh the site is; null: took it back. */
    said: sayInput.nullish(),
  }),
})

export type SiteChanged = z.infer<typeof siteChanged>

declare module '../../base/facts.ts' {
  interface Facts {
    site: SiteChanged
  }
}
