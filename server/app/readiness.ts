import type { CityPace } from '../../shared/monitor/pace/pace-rules.ts'
import type { Context } from '../base/context.ts'
import type { Connection } from '../base/db/connect.ts'
import { cityPace } from '../monitor/pace/queries.ts'
import type { Monitor } from '../recording/monitor.ts'
import type { Rendering } from '../recording/rendering.ts'

/**
 * Whether this process can work: the database answers, and what was visited can be stored. That turns come late is said, too,
 * and is no reason to send people elsewhere: what is shown is as true as before.
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
    checks.pace = await cityPace(context.db, context.clock.now()).then(
      paceInWords,
      () => 'not known just now',
    )
  }
  return { ok, checks }
}

function paceInWords(pace: CityPace | null): string {
  if (!pace) return 'no monitor is there'
  if (pace.behindSinceMs === null) return 'ok'
  const [minutes, capacity, asked] = [pace.behindS / 60, pace.capacityPerS, pace.askedPerS]
  return `behind by ${minutes.toFixed(1)} minutes, capacity ${capacity.toFixed(0)} of ${asked.toFixed(0)} visits/s`
}
