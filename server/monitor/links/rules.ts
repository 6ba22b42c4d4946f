import { MINUTE } from '../../../shared/base/time.ts'
import type { LinkKind, LinkState } from '../../../shared/monitor/links/links.ts'
import { causeGroup, type VisitResult } from '../../../shared/monitor/visit/probes.ts'
import type { Sight as LookSight } from '../inspections/crawl/looker.ts'
import type { ProblemPage } from '../inspections/crawl/problems.ts'
import { rulesFor } from '../inspections/look.ts'
import { hashOf, isInside, kindOf, shapeOf } from '../inspections/page/address.ts'
import type { Visit } from '../visit/visit.ts'

/** A link that did not open is visited a second time after this long at the earliest. */
export const SECOND_VISIT_MS = MINUTE

/** Why a link cannot be judged: what came is what the site answers where it has nothing. */
export const SOFT_CAUSE = 'soft_404'

/** What is known of a link before a visit. */
export interface LinkBefore {
  readonly kind: LinkKind
  /** Visits so far, all of which failed. */
  readonly visits: number
  /** How many of them were answered by 404 or 410. */
  readonly gone: number
}

export interface LinkAfter {
  readonly state: LinkState
  readonly gone: number
}

type Sight = 'fine' | 'gone' | 'broken' | 'unknown'

/** What one visit to a link says. Nothing that a firewall or the monitor did is held against it. */
export function sightOf(result: Pick<VisitResult, 'outcome' | 'cause' | 'status'>): Sight {
  if (result.outcome === 'ok') return 'fine'
  if (result.outcome === 'blocked') return 'unknown'
  if (result.cause && causeGroup(result.cause) === 'monitor') return 'unknown'
  return result.cause === 'http_4xx' && (result.status === 404 || result.status === 410) ? 'gone' : 'broken'
}

/** A page that comes in the place of a file says, most often, that the file is gone; but not for sure. */
export function isNoFile(kind: LinkKind, contentType: string | undefined): boolean {
  return kind === 'attachment' && /^\s*(?:text\/html|application\/xhtml)/i.test(contentType ?? '')
}

/**
 * A link that opens once is fine, whatever it did before. 404 or 410 on both visits are certain; an online system
 * (S10) is also certain to be out of reach when two visits failed in any way. Everything else is suspected, for a
 * person to look at. (The monitors of the time counted 404 as certain and the rest as suspected.)
 */
export function judgeLink(before: LinkBefore, sight: Sight): LinkAfter {
  const gone = before.gone + (sight === 'gone' ? 1 : 0)
  if (sight === 'fine') return { state: 'fine', gone }
  if (before.visits === 0) return { state: 'waiting', gone }
  if (sight === 'unknown') return { state: before.gone > 0 ? 'suspected' : 'unmeasured', gone }
  return { state: gone >= 2 || before.kind === 'system' ? 'confirmed' : 'suspected', gone }
}

/** A link to be visited, as a page leads to it. */
export interface NewTarget {
  readonly url: string
  readonly shape: string
  readonly kind: string
  readonly inside: boolean
  readonly depth: number
  readonly onHome: boolean
  /** Empty: no page, as far as is known. It is visited for what was found on it. */
  readonly foundOn: string
  readonly foundText: string
}

/** What of a scan decides where it goes. */
interface Scan {
  readonly url: string
  readonly brief: boolean
  readonly max_depth: number
}

/** Whether rules look at what a link leads to. */
const isLookedAt = (scan: Scan, kind: LinkKind, depth: number): boolean =>
  kind === 'attachment' ? rulesFor('file').length > 0 : kind !== 'picture' && depth <= scan.max_depth

/** Where the links of a page lead. */
export function targetsOf(
  scan: Scan,
  target: { readonly url: string; readonly url_hash: string; readonly depth: number },
  { result }: Visit,
  links: NonNullable<LookSight['links']>,
): NewTarget[] {
  const pageUrl = result.finalUrl ?? target.url
  const siteUrl = target.depth === 0 ? pageUrl : scan.url
  return links.flatMap((link) => {
    if (link.manner === 'script' || hashOf(link.url) === target.url_hash) return []
    const url = new URL(link.url)
    const inside = isInside(url, siteUrl) || isInside(url, scan.url)
    if (scan.brief && !(inside && isLookedAt(scan, link.kind, target.depth + 1))) return []
    return {
      ...{ url: url.href, shape: shapeOf(url), kind: link.kind, depth: target.depth + 1, inside },
      onHome: target.depth === 0,
      ...{ foundOn: pageUrl, foundText: link.text },
    }
  })
}

/** A page with problems, as it is visited whether or not a page leads there. */
export function rememberedTarget(scan: Scan, { url: address, isFile, depth }: ProblemPage): NewTarget[] {
  const url = URL.canParse(address) ? new URL(address) : null
  if (!url || !isInside(url, scan.url)) return []
  const kind = isFile ? 'attachment' : kindOf(url, '', false)
  const within = Math.min(depth ?? scan.max_depth, scan.max_depth)
  const target = { url: url.href, shape: shapeOf(url), kind, depth: within, inside: true, onHome: false }
  return [{ ...target, foundOn: '', foundText: '' }]
}
