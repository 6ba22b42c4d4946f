import { execFileSync } from 'node:child_process'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { castOf, DRAWN_STYLES } from '../../../server/demo/cast/cast.ts'
import { demoRegister } from '../../../server/demo/cast/register.ts'
import { behaviourAt, DEFAULT_SEED, newestDay } from '../../../server/demo/fleet/script.ts'
import { startFleet } from '../../../server/demo/fleet/server.ts'
import { readPage } from '../../../server/monitor/read/read.ts'
import { findChromium } from '../../../server/monitor/rendering/browser/chromium.ts'
import { descendantsOf, sharedOut } from '../../../server/monitor/rendering/browser/memory.ts'
import { Drawing } from '../../../server/monitor/rendering/drawing.ts'
import { saidBy } from '../../../server/monitor/rendering/rules.ts'
import { rulesInForce } from '../../../server/monitor/verdicts/in-force.ts'
import { localDay, MINUTE } from '../../../shared/base/time.ts'
import { RENDERING } from '../../../shared/monitor/rendering/rendering-rules.ts'
import { judgeV2 } from '../../../shared/monitor/verdicts/verdicts.ts'
import { packagedChromium } from '../../browser/launch.ts'
import { temporaryFolder } from '../../support/product/product.ts'
import { atMost, type Figure, percentile, told } from '../figure.ts'
import { treeCpuMs } from '../process.ts'

/** So many pages as long as nobody says otherwise; `--pages 2000` is the long run. It ends after so many minutes in any case. */
const PAGES = '300'
const MINUTES = '25'
const MB = 1024 * 1024
/** Between two looks at the memory. */
const LOOK_MS = 2_000

/**
 * Home pages of the demo whose lists a script draws, of all five families by turns, drawn by one process that has one core: how
 * many a minute, what it holds from beginning to end, and whether each is dated rightly.
 */
export async function benchRendering(args: readonly string[]): Promise<Figure[]> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      pages: { type: 'string', default: PAGES },
      minutes: { type: 'string', default: MINUTES },
    },
  })
  const pages = Number(values.pages)
  const fleet = await startFleet({ sites: demoRegister(), now: Date.now })
  const { homes, sites } = castOf(DEFAULT_SEED)
  const drawn = [...homes].flatMap(([index, style]) => {
    const site = sites[index]
    return site && DRAWN_STYLES.some((one) => one === style) ? [site] : []
  })
  const chromium = (await findChromium(process.env.CHROMIUM_PATH)) ?? { path: await packagedChromium() }
  const drawing = new Drawing({
    ...{ chromium, folder: temporaryFolder(), userAgent: 'Siteward', zone: 'Asia/Shanghai' },
    ...{ allowAddresses: [], hosts: {}, limits: RENDERING },
    demoHosts: [`*.localhost:${fleet.httpPort}`, `*.localhost:${fleet.httpsPort}`],
  })
  await drawing.start()
  const [pid] = descendantsOf(process.pid).filter((one) => isRenderer(one))
  if (pid !== undefined) onCore(0, pid)
  onCore(1, process.pid, false)
  const held: number[] = []
  const looking = setInterval(() => void (pid && held.push(sharedOut(pid) / MB)), LOOK_MS)
  const took: number[] = []
  let [wrong, falsely, failed, partly, next] = [0, 0, 0, 0, 0]
  const cpuBefore = pid === undefined ? Number.NaN : treeCpuMs(pid)
  const began = performance.now()
  const endMs = began + Number(values.minutes) * MINUTE
  const draw = async (): Promise<void> => {
    while (next < pages && performance.now() < endMs) {
      const number = next++
      const site = drawn[number % drawn.length]
      if (!site) return
      const [scheme, port] = site.scheme === 'https' ? ['https', fleet.httpsPort] : ['http', fleet.httpPort]
      const url = `${scheme}://${site.host}:${port}/`
      const newest = () => newestDay(behaviourAt(site, Date.now()).publisher, Date.now())
      const before = newest()
      const answer = await drawing.draw({ id: number, url, demo: true, wantsHtml: true, picture: null })
      if ('failed' in answer || answer.html === null) {
        failed++
        continue
      }
      took.push(answer.tookMs)
      const today = localDay(Date.now())
      const finding = readPage({ bytes: answer.html, url, kind: 'home', ref: today })
      const said = saidBy(null, finding, answer.missed, today, rulesInForce())
      const v2Of = (one: typeof finding) => judgeV2(one, today, rulesInForce())
      const truth: typeof finding = { ...finding, outcome: 'dated', newest: before }
      if (typeof said !== 'string' && v2Of(said) === 'violated' && v2Of(truth) !== 'violated') falsely++
      // Something may have been published while it was drawn.
      if ([before, newest()].includes(finding.newest)) continue
      // What did not come in time is missed, and nothing said of the page.
      if (typeof said === 'string') partly++
      else wrong++
      const { outcome, reason } = finding
      const why = JSON.stringify({ outcome, reason, missed: answer.missed, tookMs: answer.tookMs })
      process.stderr.write(`\n  ${url} read as ${finding.newest}, not ${before}: ${why}`)
    }
  }
  await Promise.all(Array.from({ length: RENDERING.contexts }, draw))
  const minutes = (performance.now() - began) / MINUTE
  const cpu = pid === undefined ? Number.NaN : treeCpuMs(pid) - cpuBefore
  clearInterval(looking)
  await drawing.close()
  await fleet.close()
  const quarter = held.slice(0, Math.ceil(held.length / 4))
  const last = held.slice(-quarter.length)
  const perMinute = next / minutes
  return [
    {
      name: 'pages drawn a minute on one core',
      value: perMinute.toFixed(1),
      target: '≥ 20',
      ok: perMinute >= 20,
    },
    told('… CPU a page, process and browser', cpu / next / 1_000, 's', 2),
    told('… a page, median', percentile(took, 0.5) / 1_000, 's', 1),
    told('… a page, p95', percentile(took, 0.95) / 1_000, 's', 1),
    atMost('memory of process and browser (PSS), most', Math.max(...held), 700, 'MB'),
    told('… median of the first quarter', percentile(quarter, 0.5), 'MB'),
    told('… median of the last quarter', percentile(last, 0.5), 'MB'),
    atMost(`of ${next} pages not drawn`, failed, 0, 'pages'),
    atMost('… dated wrongly', wrong, 0, 'pages'),
    atMost('… of which nothing is said, as not all came in time', partly, 0, 'pages'),
    atMost('… held to be idle falsely (V2)', falsely, 0, 'pages'),
  ]
}

const isRenderer = (pid: number): boolean =>
  /rendering\/browser\/main|render\.js/.test(
    execFileSync('cat', [`/proc/${pid}/cmdline`], { encoding: 'utf8' }),
  )

/** Keeps a process on one core, with all that it has started, if that is wanted; what it starts later follows it. */
function onCore(core: number, pid: number, withBelow = true): void {
  if (cpus().length < 2) return
  for (const one of [pid, ...(withBelow ? descendantsOf(pid) : [])])
    execFileSync('taskset', ['-acp', String(core), String(one)], { stdio: 'ignore' })
}
