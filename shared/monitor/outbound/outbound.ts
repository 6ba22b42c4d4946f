import { z } from 'zod'
import { sentText } from '../../base/sent-text.ts'
import { CAUSES } from '../visit/probes.ts'
import { HOST_STATES, LINK_MANNERS } from './outbound-rules.ts'

/** A link of a site to a foreign host: on which page, to which address, with what words. */
export const outboundExample = z.object({
  page: z.string(),
  url: z.string(),
  text: z.string(),
  manner: z.enum(LINK_MANNERS),
})
export type OutboundExample = z.infer<typeof outboundExample>

/** Where an address leads. */
export const outboundLanding = z.object({
  url: z.string().nullable(),
  host: z.string().nullable(),
  title: z.string(),
  /** Who issued the certificate there. */
  issuer: z.string().nullable(),
  status: z.int().nullable(),
  cause: z.enum(CAUSES).nullable(),
})
export type OutboundLanding = z.infer<typeof outboundLanding>

/** A foreign host, with what the asker's sites have to do with it. */
export const outboundHost = z.object({
  id: z.int(),
  host: z.string(),
  /** As people read it; and the name that it may be taken for, where it is written in letters of other scripts. */
  shown: z.string(),
  resembles: z.string().nullable(),
  state: z.enum(HOST_STATES),
  since: z.iso.datetime(),
  /** It looked otherwise at the last look, which is to be confirmed. */
  pending: z.enum(HOST_STATES).nullable(),
  signs: z.array(z.string()),
  landing: outboundLanding.nullable(),
  isCode: z.boolean(),
  sites: z.int(),
  pages: z.int(),
  firstSeenAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
  lookedAt: z.iso.datetime().nullable(),
})
export type OutboundHost = z.infer<typeof outboundHost>

/** A site that links to a host. */
export const outboundUse = z.object({
  siteId: z.int(),
  site: z.string(),
  district: z.string(),
  unit: z.string(),
  pages: z.int(),
  isCode: z.boolean(),
  examples: z.array(outboundExample),
  firstSeenAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
})
export type OutboundUse = z.infer<typeof outboundUse>

/** What a host was from an instant on. */
export const outboundChange = z.object({
  at: z.iso.datetime(),
  state: z.enum(HOST_STATES),
  landing: outboundLanding.nullable(),
  signs: z.array(z.string()),
})
export type OutboundChange = z.infer<typeof outboundChange>

/** A host with everything that is known of it: the sites at most 1,000, the changes the newest first. */
export const outboundDetail = outboundHost.extend({
  url: z.string(),
  /** Where it led when it was well. */
  well: outboundLanding.nullable(),
  uses: z.array(outboundUse),
  changes: z.array(outboundChange),
  /** Its live alert, for who may see it. */
  alertId: z.int().nullable(),
  /** It went bad, and nobody is told of it: the rule for such hosts errs too often now, so that a person has to confirm it. */
  isHeld: z.boolean(),
})
export type OutboundDetail = z.infer<typeof outboundDetail>

export const outboundFilter = z.object({
  state: z.enum(HOST_STATES).optional(),
  district: z.string().max(30).optional(),
  siteId: z.coerce.number().int().positive().max(2_147_483_647).optional(),
  /** Part of its name, or of the title where it leads. */
  q: sentText.max(100).optional(),
  /** Only those from which scripts or frames come. */
  code: z.enum(['true']).optional(),
})
export type OutboundFilter = z.infer<typeof outboundFilter>

/** How many hosts are in each state, of all that the asker's sites link to. */
export const outboundCounts = z.record(z.enum(HOST_STATES), z.int())
