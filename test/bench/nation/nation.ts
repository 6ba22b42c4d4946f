import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Db } from '../../../server/base/db/database.ts'
import type { Product } from '../../support/product/product.ts'
import { until } from '../../support/until.ts'
import { atMost, type Figure, percentile, table, told } from '../figure.ts'
import { keptPerDay } from '../growth/kept.ts'
import { mainCpuMs, treeCpuMs } from '../process.ts'
import { alertsOf, gaps, lateShares, recorded, sizesPerDay, stored, written } from './figures.ts'
import { type Mode, type NationOptions, optionsOf } from './options.ts'
import { overload } from './overload.ts'
import { Sampler } from './samples.ts'
import { type Stage, setStage, untilMidnight } from './stage.ts'
import { stagesOf } from './stages.ts'

const COLD_MS = 15 * 60_000
/** Pages are read behind their visits: for a machine that is slow at that. */
const READ_MS = 120 * 60_000
const BARE_S = 20
/** `VISIT_RETENTION_DAYS` unless it is set. */
const KEPT_DAYS = 90

/**
 * A register as large as one likes is watched by processes of their own on a real PostgreSQL, its sites being a process
 * too: first until all are recorded, then for some minutes, in the mode that is asked for.
 */
export async function benchNationWatched(args: readonly string[]): Promise<Figure[]> {
  const options = optionsOf(args)
  const stage = await setStage(options)
  const say = (text: string) => process.stderr.write(`\n  ${text}`)
  try {
    const coldS = await coldStart(stage, options, say)
    await rest(options.interval)
    await allRead(stage, options)
    const figures = [atMost(`${options.sites} sites: all recorded after`, coldS, COLD_MS / 1000, 's')]
    for (const mode of options.modes) {
      say(`all sites are recorded and read; measuring: ${mode}`)
      const found =
        mode === 'overload'
          ? await overload(stage, options, say)
          : await steady(stage, options, mode, mode === options.modes.at(-1))
      // Each is told as soon as it is known: a run of several modes takes an hour.
      say(table(found).replaceAll('\n', '\n  '))
      figures.push(...found)
    }
    return figures
  } finally {
    await stage.close()
  }
}

const rest = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000))

async function coldStart(
  { db }: Stage,
  { sites }: NationOptions,
  say: (text: string) => void,
): Promise<number> {
  const began = performance.now()
  let told = 0
  await until(
    'all sites are recorded',
    async () => {
      const n = await recorded(db)
      if (n > told + sites / 5) {
        told = n
        say(`${n} recorded after ${((performance.now() - began) / 1000).toFixed(0)} s`)
      }
      return n >= sites
    },
    3 * COLD_MS,
  )
  return (performance.now() - began) / 1000
}

/** Pages that were seen for the first time are read behind their visits: what is measured begins when each was read. */
async function allRead({ monitors }: Stage, { sites }: NationOptions): Promise<void> {
  const samplers = monitors.map((monitor) => new Sampler(monitor))
  const read = () => samplers.reduce((sum, one) => sum + (one.said('siteward_readings_total').at(-1) ?? 0), 0)
  await until('all pages are read', () => read() >= sites, READ_MS).finally(() => {
    for (const sampler of samplers) sampler.stop()
  })
}

/** Visits that a process has made since it started. */
const made = (sampler: Sampler): number => {
  const counts = sampler.said('siteward_visits_total')
  return (counts.at(-1) ?? 0) - (counts[0] ?? 0)
}

/** @param isLast what is known only at the end is told, too. */
async function steady(stage: Stage, options: NationOptions, mode: Mode, isLast: boolean): Promise<Figure[]> {
  const { db, postgres, web, monitors } = stage
  if (mode === 'midnight' && !(await beforeMidnight(stage, options)))
    return [told('midnight was over before it was to be measured: --before has to be more', 0, '')]
  if (mode !== 'kill') stage.behave(mode)
  const monitor = monitors[0] as Product
  const [watching, serving] = [new Sampler(monitor), new Sampler(web)]
  if (options.profile && isLast) process.kill(monitor.pid, 'SIGUSR2')
  const since = new Date(Date.now() + stage.aheadMs)
  const before = {
    main: mainCpuMs(monitor.pid),
    cpu: treeCpuMs(postgres.pid()),
    at: performance.now(),
    ...(await written(db)),
  }
  if (mode === 'kill') void rest((options.minutes * 60) / 3).then(() => monitors[1]?.kill())
  await rest(options.minutes * 60)
  const seconds = (performance.now() - before.at) / 1000
  const postgresCores = (treeCpuMs(postgres.pid()) - before.cpu) / 1000 / seconds
  const mainCores = (mainCpuMs(monitor.pid) - before.main) / 1000 / seconds
  const kept = await stored(db, since)
  const { wal, updates, hot } = await written(db)
  watching.stop()
  serving.stop()
  const late = await lateShares(db, since, options.interval)
  const between = await gaps(db, since, new Date(Date.now() + stage.aheadMs))
  const visits = made(watching)
  const cpuOfVisit = (watching.cores() * 1000) / (visits / seconds)
  const bare = await bareGet(stage, visits / seconds)
  // A profile is written by a process that ends of itself.
  if (isLast) await monitor.stop()
  return [
    told(`visits made in a second (${mode}, every ${options.interval} s)`, visits / seconds, '/s', 1),
    told('… recorded in a second', kept / seconds, '/s', 1),
    atMost('late, p50, share of the interval', 100 * percentile(late, 0.5), 5, '%', 2),
    atMost('late, p99, share of the interval', 100 * percentile(late, 0.99), 5, '%', 2),
    atMost(
      'longest time between two visits to a site',
      percentile(between, 1) / options.interval,
      2,
      'intervals',
      2,
    ),
    atMost('CPU of the monitor', watching.cores(), 0.5, 'cores', 3),
    told('… of it on its main thread', mainCores, 'cores', 3),
    atMost('CPU of PostgreSQL', postgresCores, 0.3, 'cores', 3),
    told('log that the database writes for a visit', (wal - before.wal) / kept / 1024, 'KB', 2),
    told('updates of sites’ rows for a visit', (updates - before.updates) / kept, '', 2),
    told('… that touch no index', (100 * (hot - before.hot)) / (updates - before.updates), '%'),
    atMost(`CPU of one web process with ${options.browsers} browsers`, serving.cores(), 0.1, 'cores', 3),
    told('CPU of a bare GET at the same pace', bare, 'ms', 2),
    told('CPU of a full check, monitor', cpuOfVisit, 'ms', 2),
    atMost('… against the bare GET', cpuOfVisit / bare, options.tls ? 1.3 : 1.5, '×', 2),
    ...processFigures('monitor', watching, 700),
    ...processFigures('web', serving, 500),
    ...queues(watching),
    ...(options.profile && isLast ? stagesOf(options.profile, visits / seconds) : []),
    ...(isLast ? await growth(db) : []),
    told(`alerts: ${[...(await alertsOf(db))].map((pair) => pair.join(' ')).join(', ') || 'none'}`, 0, ''),
  ]
}

/** Waits until midnight comes in the middle of what is measured; false: it is over. */
async function beforeMidnight({ aheadMs }: Stage, { minutes, before }: NationOptions): Promise<boolean> {
  const seconds = untilMidnight(Date.now() + aheadMs) / 1000
  if (seconds > before * 60) return false
  await rest(Math.max(0, seconds - minutes * 30))
  return true
}

/** What the database grows by at five minutes, and of what that is made. */
async function growth(db: Db): Promise<Figure[]> {
  const sizes = await sizesPerDay(db)
  const kb = (bytes: number) => bytes / 1024
  return [
    told('a day of 288 visits of a site, plain (until 18 hours after its end)', kb(sizes.plain), 'KB', 1),
    told('… its hours, plain (eight days)', kb(sizes.plainHours), 'KB', 1),
    told('… visits, packed', kb(sizes.packed), 'KB', 2),
    told('… hours, packed, and the day', kb(sizes.packedHours + sizes.day), 'KB', 2),
    atMost('growth for a site and day while visits are kept', kb(keptPerDay(sizes, KEPT_DAYS)), 8, 'KB', 1),
  ]
}

/**
 * What keeps nothing has a slope near 0; its heap breathes by half a megabyte a minute. A hundred bytes that were kept of each of 280
 * visits a second (a nation at five minutes) would be 1.7.
 */
const MOST_MB_PER_MINUTE = 2

function processFigures(name: string, sampler: Sampler, mostMb: number): Figure[] {
  const { mb, mbPerMinute } = sampler.memory()
  const lateMs = sampler.said('nodejs_eventloop_lag_p99_seconds').map((one) => one * 1000)
  return [
    // Each look tells the p99 since the one before: that of them is more than the p99 of the whole time, never less.
    atMost(`event loop late, p99 over all looks, ${name}`, percentile(lateMs, 0.99), 50, 'ms'),
    told('… median of looks', percentile(lateMs, 0.5), 'ms'),
    told(`… worst look of ${lateMs.length}`, Math.max(...lateMs), 'ms'),
    atMost(`memory, ${name} (RSS)`, mb, mostMb, 'MB'),
    atMost('… slope', mbPerMinute, MOST_MB_PER_MINUTE, 'MB/min', 1),
    ...collections(sampler),
  ]
}

/** How often memory is cleared up, and what that takes of the main thread; what other threads do for it is not told by V8. */
function collections(sampler: Sampler): Figure[] {
  const [first, last] = [sampler.samples[0], sampler.samples.at(-1)]
  if (!first || !last) return []
  const grown = (name: string) => (last.metrics.get(name) ?? 0) - (first.metrics.get(name) ?? 0)
  return ['minor', 'major', 'incremental'].flatMap((kind) => {
    const count = grown(`nodejs_gc_duration_seconds_count{kind="${kind}"}`)
    const seconds = grown(`nodejs_gc_duration_seconds_sum{kind="${kind}"}`)
    return [
      told(`… ${kind} collections a minute`, (count / (last.at - first.at)) * 60, '', 1),
      told('… each', count > 0 ? (seconds / count) * 1000 : 0, 'ms', 1),
    ]
  })
}

/** Lengths of what waits in the monitor, in the mean and at most. */
function queues(sampler: Sampler): Figure[] {
  const names = new Set(sampler.samples.flatMap(({ metrics }) => [...metrics.keys()]))
  return [...names]
    .filter((name) => /^siteward_(visits_(in_flight|waiting)$|stage_(waiting|oldest_seconds)\{)/.test(name))
    .map((name) => {
      const said = sampler.said(name)
      const mean = said.reduce((sum, one) => sum + one, 0) / said.length
      return {
        name: `${name}, mean / most`,
        value: `${mean.toFixed(1)} / ${Math.max(...said)}`,
        target: '',
        ok: null,
      }
    })
}

/** CPU of a GET in Node and nothing else, ms: the same pages at the same pace. */
function bareGet(stage: Stage, perS: number): Promise<number> {
  const child = fork(fileURLToPath(new URL('../bare-get.mjs', import.meta.url)))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('message', ({ done, cpuMs }: { done: number; cpuMs: number }) => resolve(cpuMs / done))
    child.send({ pages: stage.pages(Math.round(perS * BARE_S)), perS })
  })
}
