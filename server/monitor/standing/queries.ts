import { localDay } from '../../../shared/base/time.ts'
import { foundBy } from '../../../shared/monitor/findings/findings.ts'
import type { Finding } from '../../../shared/monitor/freshness/freshness.ts'
import type { Rendered } from '../../../shared/monitor/rendering/rendering-rules.ts'
import type { SiteDetail } from '../../../shared/monitor/standing/standing.ts'
import { v1Meter } from '../../../shared/monitor/verdicts/meter.ts'
import type { Scope } from '../../../shared/people/rights/rights.ts'
import type { Config } from '../../base/config.ts'
import type { Db } from '../../base/db/database.ts'
import { within } from '../../people/rights/scope.ts'
import { siteRows, toSite } from '../../register/sites/queries.ts'
import { judgeSites } from '../columns/judge.ts'
import { shownFinding } from '../findings/shown.ts'
import { rendererIsThere } from '../rendering/ask.ts'
import { neglectedRendered } from '../rendering/columns.ts'
import { homeRendered } from '../rendering/store.ts'
import { rulesInForce } from '../verdicts/in-force.ts'
import { v1Counts, type WindowCounts } from '../verdicts/queries.ts'

/** One site in full, within a scope. V1's window ends at `now` (epoch ms). */
export async function findSiteDetail(
  db: Db,
  scope: Scope,
  id: number,
  now: number,
  config: Pick<Config, 'visitIntervalS' | 'demoIntervalS'>,
): Promise<SiteDetail | undefined> {
  const row = await siteRows(db)
    .leftJoin('site_said as said', 'said.site_id', 'site.id')
    .leftJoin('site_rendering as r', 'r.site_id', 'site.id')
    .select([
      'site.interval_s',
      'site.paused_until',
      'site.pause_reason',
      'current.next_visit_at',
      'current.status',
      'current.finding',
      'current.finding_at',
      'current.cert_days_left',
      'said.updated_on',
      'said.machine_newest',
      'said.expires_at',
      'r.drawn_at',
    ])
    .select(rendererIsThere(now).as('can_render'))
    .where('site.id', '=', id)
    .where(within(scope, 'site'))
    .executeTakeFirst()
  if (!row) return undefined
  const counts = (await v1Counts(db, [id], now)).get(id)
  if (!counts) return undefined
  const isPaused =
    row.pause_reason !== null && (row.paused_until === null || row.paused_until.getTime() > now)
  return {
    ...toSite(row),
    intervalSeconds: row.interval_s ?? (row.demo ? config.demoIntervalS : config.visitIntervalS),
    nextVisitAt: row.next_visit_at.toISOString(),
    status: row.status,
    finding: row.finding && shownFinding(row.finding, localDay(now)),
    findingAt: iso(row.finding_at),
    rendered: { v2: homeSeen(row, now), v3: await columnsSeen(db, row, now) },
    certDaysLeft: row.cert_days_left,
    window: {
      total: counts.total,
      failed: counts.failed,
      excluded: counts.excluded,
      perDay: [...counts.perDay],
      failedPerDay: [...counts.failedPerDay],
    },
    meter: meterOf(counts, now),
    pausedUntil: isPaused ? iso(row.paused_until) : null,
    pauseReason: isPaused ? row.pause_reason : null,
  }
}

interface SeenRow {
  readonly id: number
  readonly finding: Finding | null
  readonly updated_on: string | null
  readonly machine_newest: string | null
  readonly expires_at: Date | null
  readonly can_render: boolean
  readonly drawn_at: Date | null
}

/** What a person says of a page rests on none that the monitor saw. */
function homeSeen(row: SeenRow, now: number): Rendered | null {
  const { finding, updated_on, machine_newest, expires_at } = row
  const said = expires_at && {
    ...{ updatedOn: updated_on, machineNewest: machine_newest, untilMs: expires_at.getTime() },
  }
  return finding && foundBy(finding, said, now) === finding ? homeRendered(row, {}, now) : null
}

async function columnsSeen(db: Db, { id, can_render }: SeenRow, now: number): Promise<Rendered | null> {
  const { neglected = [] } = (await judgeSites(db, [id], localDay(now))).get(id) ?? {}
  return neglected.length === 0 ? null : neglectedRendered(neglected, can_render, now)
}

function meterOf(counts: WindowCounts, now: number): SiteDetail['meter'] {
  const { crossesAt, clearsAt, ...rest } = v1Meter(counts, now, rulesInForce())
  return { ...rest, crossesAt: isoOf(crossesAt), clearsAt: isoOf(clearsAt) }
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null
const isoOf = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString())
