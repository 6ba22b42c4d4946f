import { existsSync } from 'node:fs'
import type { Server as HttpServer } from 'node:http'
import type { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import { localDay } from '../../shared/base/time.ts'
import { countStates, emptyCounts } from '../../shared/register/sites/states.ts'
import { type Clock, systemClock } from '../base/clock.ts'
import { type Config, draws, serves, visits } from '../base/config.ts'
import type { Context } from '../base/context.ts'
import type { Connection } from '../base/db/connect.ts'
import { aheadOfDatabase } from '../base/db/line/agreed-time.ts'
import { migrate, newerMigrations } from '../base/db/migrate.ts'
import { boundedServer } from '../base/http/server.ts'
import { startJobs } from '../base/jobs.ts'
import { createLog } from '../base/log.ts'
import type { Parts } from '../base/module.ts'
import { startSecrets } from '../base/secrets/start.ts'
import { announceMeasured } from '../city/board/pulse.ts'
import { type Live, startLive } from '../city/board/start.ts'
import { forDemo, isDemoWanted, startDemo, startFleet } from '../demo/demo.ts'
import { fleetRoutes } from '../demo/fleet/routes.ts'
import { ensureDefaultSubscriptions } from '../desk/notifications/defaults.ts'
import { renderingCounts } from '../monitor/rendering/queries.ts'
import { startVantage, type Vantage } from '../monitor/vantages/start.ts'
import { ensureAdministrator } from '../people/accounts/administrator.ts'
import { allBanners } from '../people/banners/brought.ts'
import { startSettings } from '../people/settings/settings.ts'
import { type Monitor, registerProber, startMonitor } from '../recording/monitor.ts'
import { type Rendering, startRendering } from '../recording/rendering.ts'
import { ensurePlaces } from '../register/divisions/seed.ts'
import { followEditions } from '../register/rule-editions/in-force.ts'
import { after } from './after.ts'
import { watchLoop } from './loop-late.ts'
import { createMetrics } from './metrics/metrics.ts'
import { MODULES } from './modules.ts'
import { listen, openDatabase } from './open.ts'
import { announce, announceRights, listenForOthers } from './others.ts'
import { readiness } from './readiness.ts'
import { createHttp } from './serve.ts'
import { startWatchdog, type Watchdog } from './watchdog.ts'

/** A running product, or the part of it that the process's role asks for. */
export interface App {
  readonly url: string
  readonly port: number
  readonly context: Context
  readonly isDemo: boolean
  /** The first administrator with a one-time password, when this start created one. */
  readonly administrator: { username: string; password: string } | null
  /** Resolves with the reason when the app cannot go on. */
  readonly lost: Promise<string>
  stop(): Promise<void>
}

export interface AppParts {
  readonly clock?: Clock
  readonly log?: Logger
  /** Says to the person who waits what is going on. */
  readonly tell?: (text: string) => void
  /** The database, where it is being opened already. */
  readonly connection?: Promise<Connection>
}

/** How often the people behind open sockets are looked up again. */
const EXPEL_MS = 30_000

/**
 * Builds everything in one straight line and leaves on the stack how to take it down again, in reverse.
 * If a step fails, what was built before is taken down.
 */
export async function startApp(given: Config, parts: AppParts = {}): Promise<App> {
  const { clock = systemClock, log = createLog(given), tell = () => {}, connection: opening } = parts
  const teardown: (() => Promise<void> | void)[] = []
  const stop = async () => {
    for (const step of teardown.splice(0).reverse()) {
      await Promise.resolve(step()).catch((error: unknown) => log.error({ err: error }, 'while stopping'))
    }
  }
  try {
    const connection = await (opening ?? openDatabase(given, tell))
    teardown.push(() => connection.close())
    const { db, patient, alone } = connection
    await alone(async () => {
      const inUse = () => log.warn('a migration waits for a table that is in use; others are let pass')
      const indexing = (index: string) =>
        log.info({ index }, 'an index of a large table is made; whoever is at work goes on')
      const besideOthers = !connection.embedded
      const applied = await migrate(patient, { inUse, besideOthers, indexing })
      if (applied.length > 0) log.info({ applied }, 'database brought to this version')
      const newer = await newerMigrations(patient)
      if (newer.length > 0) log.warn({ newer }, 'the database is of a newer version; this one works on')
    })
    // The fleet lives by the same time zone.
    await startSettings(db)
    const isDemo = await isDemoWanted(given, db)
    if (isDemo) tell('Starting the demo fleet: 640 made-up sites on this machine …')
    const fleet = isDemo ? startFleet() : null
    if (fleet) teardown.push(() => fleet.stop())
    await alone(() => ensurePlaces(db))
    await followEditions(db, localDay(clock.now()))

    const secretKeys = await startSecrets(given, db, log)
    const config = { ...(isDemo ? forDemo(given) : given), secretKeys }
    let live: Live | null = null
    let refused = () => 0
    let monitor: Monitor | null = null
    let vantage: Vantage | null = null
    let rendering: Rendering | null = null
    const measuring = () => monitor ?? vantage
    let watchdog: Watchdog | null = null
    const recheck: Context['recheck'] = (userId) => {
      void live?.expel(userId)
      if (!config.databaseUrl) return
      void announce('changed rights', announceRights(db, userId), log)
    }
    const measured: Context['measured'] = (visits) => {
      live?.hub.measured(visits)
      if (config.databaseUrl) void announce('what was measured', announceMeasured(db, visits), log)
    }
    const wake = () => live?.hub.wake()
    const context: Context = { config, db, clock, log, wake, measured, recheck, after }

    const demo = fleet ? await alone(() => startDemo(context, fleet, tell, MODULES)) : null
    if (demo) teardown.push(() => demo.stop())
    const administrator = demo ? null : await alone(() => ensureAdministrator(context))
    await alone(() => ensureDefaultSubscriptions(context))

    const jobs = await startJobs(
      context,
      { query: (text, values) => connection.pool.query(text, values), alone },
      visits(config.role) && !config.vantage,
    )
    teardown.push(() => jobs.stop())

    const parts = { jobs, isDemo, banners: allBanners(MODULES) }

    const loop = watchLoop()
    teardown.push(() => loop.stop())
    const metrics = createMetrics({
      inFlight: () => measuring()?.inFlight() ?? 0,
      waiting: () => measuring()?.waiting() ?? 0,
      readings: () => monitor?.readings ?? null,
      sockets: () => live?.sockets() ?? 0,
      strangers: () => live?.strangers() ?? 0,
      connectionsRefused: () => refused(),
      factSeq: () => live?.hub.board.seq ?? 0,
      sitesByState: () =>
        live ? countStates([...live.hub.board.sites.values()].map((site) => site.state)) : emptyCounts(),
      lateDays: () => watchdog?.lateDays() ?? 0,
      places: () => watchdog?.places() ?? [],
      now: clock.now,
      aheadMs: () => aheadOfDatabase(context),
      aside: () => watchdog?.aside() ?? { open: 0, times: {} },
      pace: () => monitor?.pace ?? null,
      rendering: {
        held: () => rendering?.held() ?? 0,
        counts: () => renderingCounts(db, clock.now()),
      },
      loopLateMs: loop.minuteMs,
    })
    const http = await createHttp(context, {
      pool: connection.pool,
      routers: serves(config.role) ? [...routers(context, parts), fleetRoutes(context, demo)] : [],
      metrics: metrics.text,
      ready: () => readiness(context, connection, measuring(), rendering),
      webDir: webFolder(config),
    })
    const bounded = boundedServer(http.app, config)
    const { server, connections } = bounded
    refused = bounded.refused
    if (serves(config.role)) {
      const started = await startLive(context, server, http)
      live = started
      const checking = setInterval(() => void started.expel(), EXPEL_MS)
      teardown.push(
        () => clearInterval(checking),
        () => started.hub.stop(),
      )
    }
    if (config.vantage) {
      const looking = await startVantage(context, config.vantage, registerProber(context), metrics.noteLook)
      vantage = looking
      teardown.push(() => looking.stop())
    } else if (visits(config.role)) {
      const visiting = await startMonitor(context, demo?.address ?? null, metrics.noteVisit, loop.lastMs)
      monitor = visiting
      teardown.push(() => visiting.stop())
      for (const { work } of MODULES) {
        const working = await work?.(context, {
          ...{ ...parts, proberFor: visiting.proberFor, portsFor: visiting.portsFor },
          ...{ references: visiting.references, onLook: metrics.noteLook },
        })
        if (working) teardown.push(() => working.stop())
      }
    }
    const drawing = draws(config.role) ? await startRendering(context, demo?.address ?? null, monitor) : null
    if (drawing) {
      const problem = drawing.problem()
      if (problem !== null) tell(problem)
      rendering = drawing
      teardown.push(() => drawing.stop())
    }
    const watching = startWatchdog(context)
    watchdog = watching
    teardown.push(() => watching.stop())
    if (live && config.databaseUrl)
      teardown.push(await listenForOthers(config.databaseUrl, context, live, connection.watch))

    const port = await listen(server, config)
    teardown.push(() => closeServer(server, live, connections))
    demo?.fillRest()
    const host = config.host === '0.0.0.0' || config.host === '::' ? 'localhost' : config.host
    return {
      url: `http://${host}:${port}`,
      port,
      context,
      isDemo,
      administrator,
      lost: Promise.race([connection.lost, demo?.lost ?? new Promise<string>(() => {})]),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

const routers = (context: Context, parts: Parts) =>
  MODULES.flatMap(({ routes }) => routes?.(context, parts) ?? [])

/** The built pages lie beside the built server; from source there are none (Vite serves them), nor for a monitor. */
function webFolder(config: Config): string | null {
  const folder = fileURLToPath(new URL('../web', import.meta.url))
  return serves(config.role) && !import.meta.url.endsWith('.ts') && existsSync(`${folder}/index.html`)
    ? folder
    : null
}

/** A browser that is told to go, and an answer that is under way, get this long. */
const FAREWELL_MS = 1_000
/** An answer that has just been written is on its way for so long, although its connection counts as idle. */
const LAST_WORD_MS = 150

/** Web sockets are no longer the HTTP server's own to close, and a browser that is gone does not answer. */
async function closeServer(
  server: HttpServer,
  live: Live | null,
  connections: ReadonlySet<Socket>,
): Promise<void> {
  await live?.hub.closeAll()
  await new Promise<void>((resolve) => {
    const idle = setInterval(() => server.closeIdleConnections(), LAST_WORD_MS)
    const late = setTimeout(() => {
      for (const connection of connections) connection.destroy()
    }, FAREWELL_MS)
    server.close(() => {
      clearInterval(idle)
      clearTimeout(late)
      resolve()
    })
  })
}
