import { startWatchdog } from '../../server/app/watchdog.ts'
import type { Context } from '../../server/base/context.ts'
import type { Connection } from '../../server/base/db/connect.ts'
import type { DemoSite } from '../../server/demo/cast/register.ts'
import { slicedReader } from '../../server/monitor/visit/reading/reader.ts'
import { startMeasuring } from '../../server/recording/measuring.ts'
import { HOUR, MINUTE, SECOND } from '../../shared/base/time.ts'
import { testContext } from '../support/context.ts'
import { makeSite, makeUnit } from '../support/make.ts'
import { StoryProber } from './prober.ts'
import { type Score, scoreOf } from './score.ts'
import { startStage } from './stage.ts'
import { INTERVAL_S, type Story, writeStory } from './story.ts'
import { VirtualTime } from './virtual-time.ts'

const WATCHDOG_MS = MINUTE
/** Around the beginning and the end of a fault of the line, time passes as finely as in earnest. */
const BEFORE_EDGE_MS = 15 * SECOND
const AFTER_EDGE_MS = 30 * SECOND
/** In the midst of a fault. */
const FAULT_TICK_MS = 2 * SECOND

export interface WeekParts {
  readonly connection: Connection
  readonly sites: readonly DemoSite[]
  readonly startMs: number
  readonly days: number
  /** How often the monitor's own line fails. */
  readonly faults: number
  /** Turns are handed out this often while nothing happens to the line, rather than each 0.4 s. */
  readonly calmTickMs: number
  /** What a rehearsal's visit to a site that hangs is given. */
  readonly deadlineMs: number
  readonly tell?: (text: string) => void
}

/**
 * Lets the monitor watch the fleet for days within minutes. Schedule, turns, re-checks, line watch and its teller,
 * recorder, judge, alerts, incidents and watchdog are the real ones, on a real database; only the clock and the
 * timers are not. In place of the network stand results of real visits over sockets (`stage.ts`) at which the same
 * happened. What is taken is the liberty to hand out turns less often (`calmTickMs`) while nothing happens to the
 * line, and to let the watchdog look each minute rather than each 15 s.
 */
export async function liveThrough(parts: WeekParts): Promise<Score> {
  const { connection, sites, startMs, days, faults, calmTickMs, deadlineMs, tell = () => {} } = parts
  const story = writeStory(sites, startMs, days, faults)
  const stage = await startStage(story, deadlineMs)
  const { pool } = connection
  const time = new VirtualTime({
    startMs,
    isBusy: () =>
      stage.underWay() > 0 ||
      pool.waitingCount > 0 ||
      pool.totalCount > pool.idleCount ||
      process.getActiveResourcesInfo().includes('Zlib'),
    nextTick: (atMs, everyMs) => nextTick(story, calmTickMs, atMs, everyMs),
  })
  const ctx: Context = { ...testContext({ ...parts.connection, db: connection.db } as never), clock: time }
  const ids = await registerSites(ctx, story, stage.ports)
  const prober = new StoryProber(story, stage, time)
  const measuring = await startMeasuring({
    ctx,
    timers: time,
    prober,
    demoProber: prober,
    references: [1, 2, 3].map((number) => `http://reference-${number}.localhost/`),
    reader: slicedReader,
    onVisit: () => {},
  })
  const watchdog = startWatchdog(ctx, time)
  for (let until = startMs; until < story.end; ) {
    until = Math.min(until + 6 * HOUR, story.end)
    await time.runUntil(until)
    tell(`${new Date(until).toISOString()}: ${prober.visits} visits, ${stage.made()} of them over a socket`)
  }
  const stopping = Promise.all([watchdog.stop(), measuring.stop()])
  await time.runUntil(story.end + MINUTE)
  await stopping
  await stage.close()
  return scoreOf(connection.db, story, ids)
}

function nextTick({ line }: Story, calmTickMs: number, atMs: number, everyMs: number): number {
  const edges = line.flatMap(({ start, end }) => [start, end])
  const isAtEdge = edges.some((edge) => edge - BEFORE_EDGE_MS <= atMs && atMs < edge + AFTER_EDGE_MS)
  if (isAtEdge) return atMs + everyMs
  const isInFault = line.some(({ start, end }) => start <= atMs && atMs < end)
  const tickMs = isInFault ? FAULT_TICK_MS : everyMs >= 15 * SECOND ? WATCHDOG_MS : calmTickMs
  const next = Math.min(...edges.map((edge) => edge - BEFORE_EDGE_MS).filter((ms) => ms > atMs))
  return Math.min(atMs + Math.max(everyMs, tickMs), next)
}

/** @returns index in the story by the number of the site. */
async function registerSites(
  ctx: Context,
  story: Story,
  ports: { readonly http: number; readonly https: number },
): Promise<Map<number, number>> {
  const at = new Date(story.start)
  const unit = await makeUnit(ctx.db)
  const ids = new Map<number, number>()
  for (const [index, { scheme, host, platform, name }] of story.sites.entries()) {
    const url = `${scheme}://${host}:${ports[scheme]}/`
    const given = { url, platform, name, demo: true, interval_s: INTERVAL_S, unit_id: unit.id }
    // Never visited: the monitor begins as on its first day.
    const status = {
      availability: 'unknown',
      state: 'unknown',
      last_visit_at: null,
      last_ok_at: null,
      ok_streak: 0,
      v1: 'insufficient',
      v2: 'insufficient',
      newest: null,
    } as const
    ids.set((await makeSite(ctx.db, given, status, at)).id, index)
  }
  return ids
}
