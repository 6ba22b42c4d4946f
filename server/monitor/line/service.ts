import { inspectionRule } from '../../../shared/monitor/inspections/catalogue.ts'
import { HEADER_TESTS } from '../../../shared/monitor/line/grade-rules.ts'
import type { SiteLine } from '../../../shared/monitor/line/line.ts'
import type { LineMeasured, SixShare } from '../../../shared/monitor/line/line-rules.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import { findLocation } from '../../register/sites/queries.ts'
import { noSuchSite } from '../../register/sites/require.ts'
import { type DrawnLoad, drawnLoad } from '../page-checks/queries.ts'
import { lineRow } from './queries.ts'

/** The line of a site as it was seen last. @throws Refusal not_found */
export async function siteLine({ db, clock }: Context, user: Principal, id: number): Promise<SiteLine> {
  if (!(await findLocation(db, user.scope, id))) throw noSuchSite()
  const row = await lineRow(db, id, new Date(clock.now()))
  if (!row?.at) return { at: null, reason: 'never', line: null }
  const { at, measured, reason, hasSix } = row
  const drawn = await drawnLoad(db, id, clock.now())
  return { at: at.toISOString(), reason, line: measured && shown(measured, hasSix, drawn) }
}

function shown(
  { six, secure, headers, load: fetched }: LineMeasured,
  hasSix: boolean,
  drawn: DrawnLoad | null,
): NonNullable<SiteLine['line']> {
  const { grade, score, scoring, results, points } = headers
  const load = drawn ? { ms: drawn.ms, by: 'rendered' as const } : fetched
  return {
    // Where nothing at all opens over IPv6, it is this place that has none.
    six: {
      ...six,
      state: six.state === 'fails' && !hasSix ? 'noLine' : six.state,
      second: counts(six.second),
      third: counts(six.third),
    },
    secure,
    load: { ...load, isSlow: load.ms > Number(inspectionRule('line-slow')?.limits.ms) },
    headers: {
      ...{ grade, score, scoring },
      tests: HEADER_TESTS.map((test) => ({ test, result: results[test], points: points[test] })),
    },
  }
}

/** Without the pages that did not open, whose addresses may name persons. */
const counts = (share: SixShare | null) => share && { asked: share.asked, opened: share.opened }
