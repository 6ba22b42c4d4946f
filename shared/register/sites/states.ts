import { z } from 'zod'
import { AVAILABILITIES, SITE_STATES, VERDICTS } from './states-rules.ts'

export * from './states-rules.ts'

export const availability = z.enum(AVAILABILITIES)
export type Availability = z.infer<typeof availability>
export const verdict = z.enum(VERDICTS)
export type Verdict = z.infer<typeof verdict>
export const siteState = z.enum(SITE_STATES)
export type SiteState = z.infer<typeof siteState>
