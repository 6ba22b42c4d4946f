import { SECOND } from '../../../shared/base/time.ts'
import type { PlaceSeen, SiteVantages } from '../../../shared/monitor/vantages/vantages.ts'
import {
  FRESH_INTERVALS,
  type LookOutcome,
  REACHED_ELSEWHERE,
  SILENT_MS,
} from '../../../shared/monitor/vantages/vantages-rules.ts'
import { storedCauseGroup } from '../../../shared/monitor/visit/probes.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import { findLocation } from '../../register/sites/queries.ts'
import { noSuchSite } from '../../register/sites/require.ts'
import { type HomeVisit, homeVisit, placesSeen, type SeenRow } from './site-queries.ts'

/** What each place from which sites are looked at saw last of a site, the home place first. @throws Refusal not_found */
export async function siteVantages(ctx: Context, user: Principal, id: number): Promise<SiteVantages> {
  const { db, config } = ctx
  if (!(await findLocation(db, user.scope, id))) throw noSuchSite()
  const nowMs = ctx.clock.now()
  const home = homePlace(await homeVisit(db, id, config), nowMs)
  const others = await placesSeen(db, id, new Date(nowMs))
  const places = [home, ...others.map((row) => otherPlace(row, nowMs))]
  const count = (outcome: LookOutcome) => places.filter((one) => one.counts && one.outcome === outcome).length
  return { places, reached: count('ok'), failed: count('failed') }
}

const OUTCOMES = ['ok', 'failed', 'blocked'] as const
const NOTHING = { at: null, outcome: null, cause: null, status: null, totalMs: null, since: null }

function homePlace(visit: HomeVisit | null, nowMs: number): PlaceSeen {
  const home = { name: null, region: null, isApart: false, silentSince: null }
  if (!visit) return { ...home, ...NOTHING, counts: false }
  const { at, cause, status, everyS } = visit
  const outcome = homeOutcome(visit)
  const isFresh = at.getTime() + FRESH_INTERVALS * everyS * SECOND > nowMs
  const counts = isFresh && (outcome === 'ok' || outcome === 'failed')
  return {
    ...home,
    at: at.toISOString(),
    outcome,
    cause,
    status,
    totalMs: visit.totalMs,
    since: null,
    counts,
  }
}

/** A miss that counts for nothing was one of our own line, unless it is known that others contradict it. */
function homeOutcome({ outcome, cause, excluded, stateCause }: HomeVisit): LookOutcome {
  const said = OUTCOMES[outcome] ?? 'unmeasured'
  if (said !== 'failed') return said
  const isOurs = storedCauseGroup(cause) === 'monitor'
  return isOurs || (excluded && stateCause !== REACHED_ELSEWHERE) ? 'unmeasured' : said
}

function otherPlace(row: SeenRow, nowMs: number): PlaceSeen {
  const { name, region, outcome, cause, status, totalMs, isApart, counts, seenAt } = row
  return {
    ...{ name, region, outcome, cause, status, totalMs, isApart, counts },
    at: row.at?.toISOString() ?? null,
    since: row.since?.toISOString() ?? null,
    silentSince: nowMs - seenAt.getTime() > SILENT_MS ? seenAt.toISOString() : null,
  }
}
