import { z } from 'zod'
import { alertRule, severity } from '../desk/alerts/alerts.ts'
import { fact } from './facts.ts'

export * from './replay-rules.ts'

/** The next facts of the log, oldest first, as a live room would have heard them. */
export const factPage = z.object({
  facts: z.array(fact),
  /** Everything up to this number has been told or is not for these ears. */
  seq: z.int(),
  /** There were no more facts when this was answered. */
  isEnd: z.boolean(),
})
export type FactPage = z.infer<typeof factPage>

/** When something began that one wants to look at again. */
export const beginning = z.object({
  seq: z.int(),
  at: z.iso.datetime(),
  alertId: z.int(),
  rule: alertRule,
  severity,
  siteId: z.int().nullable(),
  /** Its site, or what its sites share; null where that has no name. */
  subject: z.string().nullable(),
  /** How many sites it was about at first; 1 for the alert of a site. */
  sites: z.int(),
})
export type Beginning = z.infer<typeof beginning>

export const beginnings = z.object({
  /** The first instant of which the log knows; null while it is empty. */
  from: z.iso.datetime().nullable(),
  /** Oldest first. */
  items: z.array(beginning),
})
export type Beginnings = z.infer<typeof beginnings>
