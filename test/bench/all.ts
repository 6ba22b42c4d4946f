import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startPostgres } from '../support/databases/postgres-server.ts'
import { memorySettings } from '../support/product/deployed.ts'
import { ROOT, startProduct, stopProducts } from '../support/product/product.ts'
import { until } from '../support/until.ts'
import { benchBrowsers } from './browsers/browsers.ts'
import { benchRendering } from './browsers/rendering.ts'
import { benchDocuments } from './census/documents.ts'
import { benchLetters } from './census/letters.ts'
import { benchNation } from './census/nation.ts'
import { benchCensus } from './census/sheets.ts'
import { benchCrawl } from './crawl/crawl.ts'
import { benchNight } from './crawl/night.ts'
import { type Figure, table } from './figure.ts'
import { benchHistory } from './history.ts'
import { benchNationWatched } from './nation/nation.ts'
import { benchPast } from './past.ts'
import { benchSnapshot } from './push.ts'
import { benchRecording } from './recording.ts'
import { benchLooking } from './register/looking.ts'
import { benchRegister } from './register/register.ts'
import { benchDesk } from './screens/desk.ts'
import { benchScreens, benchStorm } from './screens/painting.ts'
import { benchWall } from './screens/wall.ts'
import { benchSearch } from './search.ts'
import { benchStart } from './start.ts'
import { benchMemory, benchVisits, DEMO_INTERVAL, visits } from './visits.ts'

const WARM_UP_MS = 20_000
/** Until sites are looked through again, and memory is what that takes as well. */
const SETTLED_MS = 40_000

const figures: Figure[] = []
const began = performance.now()

/** One part of the table; a part that fails says so and the others go on. */
async function part(name: string, measure: () => Promise<readonly Figure[]>): Promise<void> {
  const start = performance.now()
  process.stderr.write(`${name} …`)
  try {
    figures.push(...(await measure()))
  } catch (error) {
    figures.push({ name, value: 'failed', target: '', ok: false })
    process.stderr.write(` ${error instanceof Error ? error.stack : error}`)
  }
  process.stderr.write(` ${((performance.now() - start) / 1000).toFixed(0)} s\n`)
}

/** Parts that live beside what they measure export one function `bench…`. */
async function measureBeside(name: string): Promise<void> {
  const file = new URL(`./${name}.ts`, import.meta.url)
  if (!existsSync(fileURLToPath(file))) return
  await part(name, async () => {
    const module = (await import(file.href)) as Record<string, unknown>
    const bench = Object.entries(module).find(([key]) => key.startsWith('bench'))?.[1]
    const lines = await (bench as () => Promise<{ name: string; value: unknown; target: unknown }[]>)()
    return lines.map((line) => ({ name: line.name, value: text(line.value), target: text(line.target) }))
  })
}

function text(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'number' ? String(Math.round(value * 1000) / 1000) : String(value)
}

/** Parts that are named after the command; without names, all but those that take long. */
const named = process.argv.slice(2)
const isWanted = (name: string): boolean => named.length === 0 || named.includes(name)
const wanted = (name: string, measure: () => Promise<readonly Figure[]>): Promise<void> =>
  isWanted(name) ? part(name, measure) : Promise.resolve()

/** Parts that look at a running product with the demo, on PostgreSQL. */
async function onProduct(): Promise<void> {
  const postgres = await startPostgres(['track_commit_timestamp=on'])
  const product = await startProduct({
    env: { ...memorySettings(), DATABASE_URL: postgres.url(), DEMO_INTERVAL },
  })
  await part('starting on PostgreSQL', async () => {
    await product.ready(120_000)
    await until('640 visits were made', async () => (await visits(product)) >= 640, 120_000)
    await new Promise((resolve) => setTimeout(resolve, WARM_UP_MS))
    return []
  })
  await wanted('memory', async () => {
    await new Promise((resolve) => setTimeout(resolve, SETTLED_MS))
    return benchMemory(product)
  })
  await wanted('snapshots', () => benchSnapshot(product))
  await wanted('wall', () => benchWall(product, postgres.url()))
  await wanted('screens', () => benchScreens(product))
  await wanted('census', () => benchCensus(product, postgres.url()))
  await stopProducts()
  await postgres.remove()
}
const ON_PRODUCT = ['memory', 'snapshots', 'wall', 'screens', 'census']

execFileSync(process.execPath, [join(ROOT, 'server/start.mjs'), '--build-only'], { stdio: 'inherit' })
await wanted('starting', benchStart)
await wanted('visits', benchVisits)
if (ON_PRODUCT.some(isWanted)) await onProduct()
// A nation, or a million letters, take minutes to be made up: only for who asks.
if (named.includes('census')) await part('census of a nation', benchNation)
if (named.includes('register')) await part('register of a nation', benchRegister)
if (named.includes('looking')) await part('a nation is looked at', benchLooking)
if (named.includes('recording')) await part('recording a nation', benchRecording)
if (named.includes('letters')) await part('letters', benchLetters)
// A thousand browsers take both cores.
if (named.includes('browsers')) await part('a thousand browsers', benchBrowsers)
if (named.includes('rendering')) await part('rendering', () => benchRendering(process.argv.slice(3)))
if (named.includes('search')) await part('search', benchSearch)
if (named.includes('crawl')) await part('crawl', benchCrawl)
if (named.includes('night')) await part('the night', () => benchNight(process.argv.slice(3)))
if (named.includes('nation'))
  await part('a nation is watched', () => benchNationWatched(process.argv.slice(3)))
await wanted('documents', benchDocuments)
await wanted('history', benchHistory)
await wanted('past', benchPast)
await wanted('desk', benchDesk)
await wanted('storm', benchStorm)
for (const name of ['probe', 'freshness']) if (isWanted(name)) await measureBeside(name)

const machine = `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}`
console.log(`\n${machine}, ${((performance.now() - began) / 1000).toFixed(0)} s\n`)
console.log(table(figures))
process.exitCode = figures.some(({ ok }) => ok === false) ? 1 : 0
