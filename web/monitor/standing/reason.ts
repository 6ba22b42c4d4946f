import { daysBetween } from '../../../shared/base/time.ts'
import type { SiteState, Verdict } from '../../../shared/register/sites/states.ts'

/** What is needed to say why a site is in its state; sites in lists, in full and on the board have it all. */
export interface ReasonFacts {
  readonly state: SiteState
  readonly availability: string
  readonly cause: string | null
  readonly since: string | null
  readonly v1: Verdict
  readonly share: number | null
  readonly v2: Verdict
  readonly v3: Verdict
  readonly newest: string | null
}

/** A sentence of `sites.json` under `sites.reason`, with what it is about. */
export interface Reason {
  readonly key:
    | 'paused'
    | 'veto'
    | 'vetoDown'
    | 'dead'
    | 'down'
    | 'dormant'
    | 'undated'
    | 'suspect'
    | 'share'
    | 'due'
    | 'columns'
    | 'columnsSoon'
    | 'blocked'
    | 'unmeasured'
    | 'unreadable'
    | 'healthy'
    | 'reachable'
  readonly cause: string | null
  /** Since when, for outages. */
  readonly since: string | null
  /** Failed share of 7 days, per cent. */
  readonly share: number | null
  readonly newest: string | null
  /** Whole days since the newest item. */
  readonly days: number | null
}

/** The rule by which a site is in its state; none where nothing is wrong or nothing is known. */
const RULES: Partial<Record<Reason['key'], 'DOWN' | 'V1' | 'V2' | 'V3'>> = {
  veto: 'V1',
  vetoDown: 'V1',
  dead: 'V1',
  share: 'V1',
  down: 'DOWN',
  suspect: 'DOWN',
  dormant: 'V2',
  undated: 'V2',
  due: 'V2',
  columns: 'V3',
  columnsSoon: 'V3',
}
export const ruleOf = (key: Reason['key']) => RULES[key] ?? null

/**
 * Why a site is in its state: the first condition of `deriveState` (`shared/register/sites/states.ts`) that made it so.
 * @param today local day.
 */
export function reasonOf(facts: ReasonFacts, today: string): Reason {
  return {
    key: keyOf(facts),
    cause: facts.cause,
    since: facts.since,
    share: facts.share,
    newest: facts.newest,
    days: facts.newest === null ? null : daysBetween(facts.newest, today),
  }
}

function keyOf(facts: ReasonFacts): Reason['key'] {
  switch (facts.state) {
    case 'paused':
      return 'paused'
    case 'dead':
      return deadKey(facts)
    case 'down':
      return 'down'
    case 'dormant':
      return facts.newest === null ? 'undated' : 'dormant'
    case 'warning':
      return warningKey(facts)
    case 'unknown':
      return unknownKey(facts)
    case 'healthy':
      return facts.newest === null ? 'reachable' : 'healthy'
  }
}

function deadKey(facts: ReasonFacts): Reason['key'] {
  if (facts.v1 !== 'violated') return 'dead'
  return facts.availability === 'down' ? 'vetoDown' : 'veto'
}

function warningKey(facts: ReasonFacts): Reason['key'] {
  if (facts.availability === 'suspect') return 'suspect'
  if (facts.v1 === 'warning') return 'share'
  if (facts.v2 === 'warning') return 'due'
  return facts.v3 === 'violated' ? 'columns' : 'columnsSoon'
}

function unknownKey(facts: ReasonFacts): Reason['key'] {
  if (facts.availability === 'blocked') return 'blocked'
  return facts.availability === 'up' ? 'unreadable' : 'unmeasured'
}
