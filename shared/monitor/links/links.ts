import { z } from 'zod'
import { person } from '../../base/person.ts'
import { LINK_KINDS, LINK_RULES, SCAN_STATES } from './links-rules.ts'
import { soft404 } from './soft-404.ts'

export * from './links-rules.ts'

/** How deep, how far and how politely a scan goes. Remembered for the site's next scans; those that nobody asks for never look at less than by default. */
export const scanSettings = z.object({
  /** Clicks from the home page whose pages are still read. */
  depth: z.int().min(1).max(8),
  /** Pages that are read for links, at most. */
  pages: z.int().min(1).max(2_000),
  /** Links that are visited, at most. */
  links: z.int().min(1).max(20_000),
  /** Pause between two requests, in milliseconds; there is never more than one at a time. */
  delayMs: z.int().min(100).max(60_000),
})
export type ScanSettings = z.infer<typeof scanSettings>
/** What is left out is as at the site's last scan. */
export const scanInput = scanSettings.partial()
export type ScanInput = z.infer<typeof scanInput>

export const linkScan = z.object({
  id: z.int(),
  siteId: z.int(),
  state: z.enum(SCAN_STATES),
  settings: scanSettings,
  /** Null: it came by the week. */
  requestedBy: person.nullable(),
  pages: z.int(),
  checked: z.int(),
  waiting: z.int(),
  /** A limit was reached: not everything was looked at. */
  cut: z.boolean(),
  /** What the site answers where it has nothing; null: not asked yet, or before that was asked. */
  soft404: soft404.nullable(),
  /** Links that could not be judged: for that, or as a firewall or the monitor itself stood before too many of them. */
  unjudged: z.int(),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  version: z.int(),
})
export type LinkScan = z.infer<typeof linkScan>

export const linkFinding = z.object({
  id: z.int(),
  url: z.string(),
  kind: z.enum(LINK_KINDS),
  rule: z.enum(LINK_RULES),
  state: z.enum(['confirmed', 'suspected']),
  inside: z.boolean(),
  onHome: z.boolean(),
  /** Where it was found, and the words of the link. */
  foundOn: z.string(),
  foundText: z.string(),
  status: z.int().nullable(),
  cause: z.string().nullable(),
})
export type LinkFinding = z.infer<typeof linkFinding>

export const linkCount = z.object({
  rule: z.enum(LINK_RULES),
  confirmed: z.int(),
  suspected: z.int(),
  points: z.number(),
})
export type LinkCount = z.infer<typeof linkCount>

/** The last scan of a site and what it found so far; `findings` are at most 500, the counts are of all. */
export const linkReport = z.object({
  scan: linkScan.nullable(),
  findings: z.array(linkFinding),
  counts: z.array(linkCount),
})
export type LinkReport = z.infer<typeof linkReport>

/** Broken links that are certain, by indicator; their points; and a few of them, the dearest first. */
export const brokenLinks = z.object({
  S2a: z.int(),
  S2b: z.int(),
  S9b: z.int(),
  S10: z.int(),
  points: z.number(),
  some: z.array(z.object({ url: z.string(), text: z.string() })),
})
export type BrokenLinks = z.infer<typeof brokenLinks>
