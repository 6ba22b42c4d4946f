import { MINUTE } from '../../../shared/base/time.ts'
import type { LinkKind, LinkState } from '../../../shared/monitor/links/links.ts'
import { causeGroup, type VisitResult } from '../../../shared/monitor/visit/probes.ts'

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
