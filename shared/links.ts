import { z } from 'zod'
import { person } from './users.ts'

/** `system`: an online application or query system; `attachment`: a file to download. */
export const LINK_KINDS = ['page', 'picture', 'attachment', 'system'] as const
export type LinkKind = (typeof LINK_KINDS)[number]

/**
 * `confirmed`: broken on two visits for sure; `suspected`: did not open, but not for sure; `unmeasured`: a firewall
 * or the monitor itself stood in the way, which is held against nobody.
 */
export const LINK_STATES = ['waiting', 'fine', 'confirmed', 'suspected', 'unmeasured'] as const
export type LinkState = (typeof LINK_STATES)[number]

export const SCAN_STATES = ['running', 'stopped', 'done'] as const
export type ScanState = (typeof SCAN_STATES)[number]

/** Indicators of the 2015 table that a broken link falls under. */
export const LINK_RULES = ['S2a', 'S2b', 'S9b', 'S10'] as const
export type LinkRule = (typeof LINK_RULES)[number]

/**
 * Points that one broken link of each kind costs (2015 table): a link of the home page 1, of another page 0.1, an
 * attachment that cannot be downloaded 1, an online system that cannot be reached 3.
 */
export const LINK_POINTS: Readonly<Record<LinkRule, number>> = { S2a: 1, S2b: 0.1, S9b: 1, S10: 3 }

/** How deep, how far and how politely a scan goes. Remembered for the site's next scans. */
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

/** For a site that was never scanned. The monitors of the time went 5 deep; few sites have pages beyond 3. */
export const DEFAULT_SETTINGS: ScanSettings = { depth: 3, pages: 200, links: 2_000, delayMs: 500 }

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

/** The indicator of a broken link. An attachment or a system counts there only; a link on the home page counts once. */
export function linkRule(kind: LinkKind, onHome: boolean): LinkRule {
  if (kind === 'system') return 'S10'
  if (kind === 'attachment') return 'S9b'
  return onHome ? 'S2a' : 'S2b'
}

/** Points for so many confirmed ones, in tenths without rounding errors. */
export function linkPoints(rule: LinkRule, confirmed: number): number {
  return Math.round(LINK_POINTS[rule] * 10 * confirmed) / 10
}

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

/** As much as the table takes where a whole indicator fails (S3, S5, S6, S7: 5 points each). */
const MAJOR_POINTS = 5

/**
 * What broken links ask of the alert of a site. A broken link of the home page always asks for one: everybody meets
 * it, and one costs as much as ten on other pages. Any others do once they cost as much as a failed indicator, which
 * is also what makes the alert major.
 */
export function linksSeverity({
  S2a,
  points,
}: Pick<BrokenLinks, 'S2a' | 'points'>): 'major' | 'minor' | null {
  if (points >= MAJOR_POINTS) return 'major'
  return S2a > 0 ? 'minor' : null
}

/** Broken links by indicator with what they cost. */
export function brokenOf(counts: Readonly<Record<LinkRule, number>>): Omit<BrokenLinks, 'some'> {
  const points = LINK_RULES.reduce((sum, rule) => sum + linkPoints(rule, counts[rule]), 0)
  const { S2a, S2b, S9b, S10 } = counts
  return { S2a, S2b, S9b, S10, points: Math.round(points * 10) / 10 }
}
