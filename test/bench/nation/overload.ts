import { cpus } from 'node:os'
import { sql } from 'kysely'
import type { Product } from '../../support/product/product.ts'
import { atMost, type Figure, percentile, told } from '../figure.ts'
import { cpuMs, mainCpuMs, treeCpuMs } from '../process.ts'
import { gaps } from './figures.ts'
import type { NationOptions } from './options.ts'
import { Sampler } from './samples.ts'
import type { Stage } from './stage.ts'

/**
 * An interval at which nothing can keep up, to see what can be done at most; how long it lasts, and how long it is looked
 * at: the change itself leaves as many dead rows as there are sites, and autovacuum looks for such once a minute.
 */
const FLOOD_S = 5
const FLOOD_LASTS_S = 120
const LOOKED_AT_S = 25
const TWICE = 2
/** As one polls who waits for an answer. */
const LOOK_MS = 2_000

const rest = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000))

/** Asks for twice what can be done, says how the lateness is shared and when it was said; then for the usual again. */
export async function overload(
  stage: Stage,
  options: NationOptions,
  say: (text: string) => void,
): Promise<Figure[]> {
  const { db, web, monitors, aheadMs } = stage
  const monitor = new Sampler(monitors[0] as Product)
  const every = (seconds: number) => sql`update site set interval_s = ${seconds}`.execute(db)
  // Turns that are far off are nearer now, as after a start.
  const soon = (seconds: number) =>
    sql`update site_state set next_visit_at = least(next_visit_at, now() + (${aheadMs / 1000} + random() * ${seconds}) * interval '1 second')`.execute(
      db,
    )
  await every(FLOOD_S)
  await soon(FLOOD_S)
  await rest(FLOOD_LASTS_S - LOOKED_AT_S)
  const taken = takenBy(stage)
  await rest(LOOKED_AT_S)
  const cores = taken()
  const capacity = rate(monitor)
  const interval = Math.max(FLOOD_S, Math.round(options.sites / capacity / TWICE))
  say(`${capacity.toFixed(0)} visits/s can be done; ${TWICE} × that are asked: every ${interval} s`)
  await every(options.interval)
  const calm = await untilSaid(web, (pace) => pace === 'ok', 600)
  await every(interval)
  await soon(interval)
  const from = Date.now() + aheadMs
  monitor.restart()
  const saidAfter = await untilSaid(web, (pace) => pace !== 'ok', 300)
  say(`said after ${saidAfter.toFixed(0)} s: ${await paceOf(web)}`)
  await rest(options.minutes * 60)
  say(await paceOf(web))
  // A first lap is the way into being late; what counts is after it.
  const between = await gaps(
    db,
    new Date(from + Math.min(2 * TWICE * interval, options.minutes * 30) * 1000),
    new Date(Date.now() + aheadMs),
  )
  const done = rate(monitor)
  const { mb, mbPerMinute } = monitor.memory()
  await every(options.interval)
  const over = await untilSaid(web, (pace) => pace === 'ok', 1_200)
  monitor.stop()
  const p50 = percentile(between, 0.5)
  return [
    told('visits that can be done', capacity, '/s', 1),
    told('… cores meanwhile: main thread of the monitor', cores.main, '', 2),
    told('… the monitor as a whole', cores.monitor, '', 2),
    told('… PostgreSQL', cores.database, '', 2),
    told(
      '… sites, web process and the rest of the machine',
      cores.machine - cores.monitor - cores.database,
      '',
      2,
    ),
    told('said to be in time again after the flood', calm, 's'),
    told(`visits in a second while ${(options.sites / interval).toFixed(0)} are asked`, done, '/s', 1),
    atMost('said after', saidAfter, 60, 's'),
    told(`from visit to visit, p50 (asked: ${interval} s)`, p50, 's', 1),
    told('… p1', percentile(between, 0.01), 's', 1),
    told('… p99', percentile(between, 0.99), 's', 1),
    told('memory, monitor (RSS)', mb, 'MB'),
    told('… slope', mbPerMinute, 'MB/min', 1),
    atMost('said to be over after', over, options.interval, 's'),
  ]
}

/** Cores that are taken from now until the answer is asked for, which says what limits. */
function takenBy({ postgres, monitors }: Stage) {
  const pid = monitors[0]?.pid ?? 0
  const now = () => ({
    ...{ main: mainCpuMs(pid), monitor: cpuMs(pid), database: treeCpuMs(postgres.pid()) },
    ...{ machine: machineCpuMs(), at: performance.now() },
  })
  const before = now()
  return () => {
    const after = now()
    const cores = (of: keyof typeof before) => (after[of] - before[of]) / (after.at - before.at)
    return {
      ...{ main: cores('main'), monitor: cores('monitor') },
      ...{ database: cores('database'), machine: cores('machine') },
    }
  }
}

/** Of all cores, what is not idle since the machine started, ms. */
const machineCpuMs = (): number =>
  cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0)

function rate(sampler: Sampler): number {
  const { samples } = sampler
  const recent = samples.slice(-10)
  const [first, last] = [recent[0], recent.at(-1)]
  if (!first || !last) return Number.NaN
  const counts = [first, last].map(({ metrics }) => metrics.get('siteward_visits_total') ?? 0)
  return ((counts[1] ?? 0) - (counts[0] ?? 0)) / (last.at - first.at)
}

async function paceOf(product: Product): Promise<string> {
  const answer = await fetch(`${product.origin}/readyz`)
  const { checks } = (await answer.json()) as { checks: Record<string, string> }
  return checks.pace ?? 'ok'
}

/** Seconds until readiness says so of the pace. */
async function untilSaid(product: Product, isSo: (pace: string) => boolean, mostS: number): Promise<number> {
  const began = performance.now()
  while (performance.now() - began < mostS * 1000) {
    if (isSo(await paceOf(product))) break
    await rest(LOOK_MS / 1000)
  }
  return (performance.now() - began) / 1000
}
