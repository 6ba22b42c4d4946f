import { MINUTE, SECOND } from '../../shared/base/time.ts'
import type { CityPace } from '../../shared/monitor/pace/pace-rules.ts'
import { SILENT_MS } from '../../shared/monitor/vantages/vantages-rules.ts'
import type { Context } from '../base/context.ts'
import type { Connection } from '../base/db/connect.ts'
import { APART_MS, aheadOfDatabase } from '../base/db/line/agreed-time.ts'
import { cityPace } from '../monitor/pace/queries.ts'
import { type PlaceHeard, placesHeard } from '../monitor/vantages/queries.ts'
import type { Monitor } from '../recording/monitor.ts'
import type { Rendering } from '../recording/rendering.ts'

/**
 * Whether this process can work: the database answers, and what was visited can be stored. That turns come late, that another place is
 * silent or late, and that the clock is wrong is said, too, and is no reason to send people elsewhere: what is shown is as true as before.
 */
export async function readiness(
  context: Context,
  connection: Connection,
  monitor: Pick<Monitor, 'isWell' | 'waiting'> | null,
  rendering: Pick<Rendering, 'problem'> | null,
) {
  const database = await connection.pool
    .query('select 1')
    .then(() => 'ok')
    .catch((error: unknown) => `does not answer: ${error instanceof Error ? error.message : error}`)
  const checks: Record<string, string> = { database }
  if (monitor) checks.monitor = monitor.isWell() ? 'ok' : `visits wait to be stored: ${monitor.waiting()}`
  const ok = Object.values(checks).every((text) => text === 'ok')
  // Sites are visited and read all the same.
  if (rendering) checks.rendering = rendering.problem() ?? 'ok'
  if (database === 'ok') {
    const nowMs = context.clock.now()
    checks.pace = await said(cityPace(context.db, nowMs).then(paceInWords))
    checks.places = await said(placesHeard(context.db).then((places) => placesInWords(places, nowMs)))
    checks.clock = await said(aheadOfDatabase(context).then(clockInWords))
  }
  return { ok, checks }
}

const said = (words: Promise<string>): Promise<string> => words.catch(() => 'not known just now')

function paceInWords(pace: CityPace | null): string {
  if (!pace) return 'no monitor is there'
  if (pace.behindSinceMs === null) return 'ok'
  const [minutes, capacity, asked] = [pace.behindS / 60, pace.capacityPerS, pace.askedPerS]
  return `behind by ${minutes.toFixed(1)} minutes, capacity ${capacity.toFixed(0)} of ${asked.toFixed(0)} visits/s`
}

function placesInWords(places: readonly PlaceHeard[], nowMs: number): string {
  const minutes = (ms: number) => `${(ms / MINUTE).toFixed(1)} minutes`
  const amiss = places.flatMap(({ name, seen_at, behind_s, behind_since }) => {
    const silentMs = nowMs - seen_at.getTime()
    if (silentMs > SILENT_MS) return [`${name} has said nothing for ${minutes(silentMs)}`]
    return behind_since === null ? [] : [`${name} is behind by ${minutes(behind_s * SECOND)}`]
  })
  return amiss.length === 0 ? 'ok' : amiss.join('; ')
}

function clockInWords(aheadMs: number): string {
  if (Math.abs(aheadMs) <= APART_MS) return 'ok'
  const way = aheadMs > 0 ? 'ahead of' : 'behind'
  return `${way} the database's by ${Math.abs(Math.round(aheadMs / SECOND))} s`
}
