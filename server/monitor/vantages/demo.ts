import { sql } from 'kysely'
import { DAY } from '../../../shared/base/time.ts'
import { FRESH_INTERVALS } from '../../../shared/monitor/vantages/vantages-rules.ts'
import { guarded, systemTimers } from '../../base/clock.ts'
import type { Context } from '../../base/context.ts'
import type { WorkParts } from '../../base/module.ts'
import places from './demo-places.json' with { type: 'json' }
import { Looking } from './looking.ts'
import { sayThere } from './queries.ts'

/** So few looks of the demo are under way: its sites are on this machine, and answer at once. */
const MOST = 20
/** It looks so many times less often than the home place visits: all of it is on one machine. */
const RARER = 30
/** Since when its places have been there. */
const THERE_DAYS = 90

/** What the demo's other places have seen before its first start: what the home place has. */
export async function seedVantages({ db, clock, config }: Context): Promise<void> {
  if (await db.selectFrom('vantage').select('id').limit(1).executeTakeFirst()) return
  const nowMs = clock.now()
  const now = new Date(nowMs)
  const everyS = config.demoIntervalS * RARER
  for (const place of places) {
    const id = await sayThere(db, { ...place, demo: true }, now)
    const ago = sql`(site.id * 0.6180339887498949 + ${id}::int * 0.7548776662466927) % 1 * ${everyS}::int`
    await sql`
      insert into vantage_look (site_id, vantage_id, next_at, at, outcome, cause, total_ms, since, fresh_until)
      select site_id, ${id}::int, at + make_interval(secs => ${everyS}::int), at,
        case availability when 'up' then 'ok' when 'blocked' then 'blocked' else 'failed' end,
        cause, latency_ms * 1.2, least(at, greatest(since, ${new Date(nowMs - THERE_DAYS * DAY)}::timestamptz)),
        at + make_interval(secs => ${FRESH_INTERVALS * everyS}::int)
      from (
        select state.*, ${now}::timestamptz - make_interval(secs => (${ago})::float8) as at
        from site_state state join site on site.id = state.site_id where site.demo and state.availability <> 'unknown'
      ) seen
    `.execute(db)
  }
}

/** Has the demo's other places look at its sites, from this process. */
export async function startDemoVantages(
  ctx: Context,
  { isDemo, proberFor, references, onLook }: WorkParts,
): Promise<undefined | { stop(): Promise<void> }> {
  if (!isDemo) return undefined
  const looking: Looking[] = []
  for (const place of places) {
    looking.push(
      await Looking.start({
        ...{ ctx, proberFor, references, onLook, most: MOST, rarer: RARER },
        place: { ...place, demo: true },
        timers: guarded(systemTimers, (error) => ctx.log.error({ err: error }, 'while looking')),
      }),
    )
  }
  return { stop: async () => void (await Promise.all(looking.map((one) => one.stop()))) }
}

declare module '../../base/module.ts' {
  interface WorkParts {
    /** By what a monitor knows its own line. */
    readonly references: readonly string[]
    /** Told of each look from another place. */
    readonly onLook: Parameters<typeof Looking.start>[0]['onLook']
  }
}
