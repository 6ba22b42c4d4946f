import { HOUR } from '../../../shared/base/time.ts'
import {
  type BrokenLinks,
  brokenOf,
  type LINK_RULES,
  linkRule,
  linksSeverity,
} from '../../../shared/monitor/links/links.ts'
import { rulesInForce } from '../../monitor/verdicts/in-force.ts'
import { chance } from '../cast/random.ts'
import type { DemoSite } from '../cast/register.ts'
import { type BrokenLink, brokenLinksOf, isSoftSite } from '../fleet/pages/broken-links.ts'
import { behaviourAt } from '../fleet/script.ts'

/** The last weekly scan of a site whose links ask for an alert, or cannot be judged. */
export interface PastScan {
  readonly siteId: number
  readonly url: string
  readonly startMs: number
  readonly endMs: number
  readonly links: readonly BrokenLink[]
  readonly found: BrokenLinks
  /** The site answers with its home page whatever it is asked for. */
  readonly isSoft: boolean
}

const WEEK_HOURS = 7 * 24
const SCAN_MS = 0.4 * HOUR
/** Broken links that an alert names. */
const NAMED = 3

/** What the last scan of a site found, if that asks for an alert or says why it cannot be told. @param site with the address of its home page. */
export function pastScanOf(site: { id: number; url: string; demo: DemoSite }, toMs: number): PastScan | null {
  const behaviour = behaviourAt(site.demo, toMs)
  const links = brokenLinksOf(behaviour)
  const isSoft = isSoftSite(behaviour)
  const counts = { S2a: 0, S2b: 0, S9b: 0, S10: 0 } satisfies Record<(typeof LINK_RULES)[number], number>
  for (const { kind, onHome } of links) counts[linkRule(kind, onHome)] += 1
  const some = links.slice(0, NAMED).map(({ path, text }) => ({ url: new URL(path, site.url).href, text }))
  const found = { ...brokenOf(counts, rulesInForce()), some }
  if (linksSeverity(found, rulesInForce()) === null && !isSoft) return null
  const endMs = Math.round(toMs - (1 + (WEEK_HOURS - 2) * chance(site.id, 51)) * HOUR)
  return { siteId: site.id, url: site.url, startMs: endMs - SCAN_MS, endMs, links, found, isSoft }
}
