import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startPostgres } from '../support/databases/postgres-server.ts'
import { ROOT, startProduct, stopProducts } from '../support/product/product.ts'
import { until } from '../support/until.ts'
import { benchCensus } from './census/sheets.ts'
import { type Figure, table } from './figure.ts'
import { benchHistory } from './history.ts'
import { benchPast } from './past.ts'
import { benchSnapshot } from './push.ts'
import { benchDesk } from './screens/desk.ts'
import { benchScreens, benchStorm } from './screens/painting.ts'
import { benchWall } from './screens/wall.ts'
import { benchStart } from './start.ts'
import { benchVisits, visits } from './visits.ts'

/** 640 sites every 20 seconds: 32 visits a second. */
const DEMO_INTERVAL = '20'
const WARM_UP_MS = 20_000

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

execFileSync(process.execPath, [join(ROOT, 'server/start.mjs'), '--build-only'], { stdio: 'inherit' })
await part('starting', benchStart)
const postgres = await startPostgres(['track_commit_timestamp=on'])
const product = await startProduct({ env: { DATABASE_URL: postgres.url(), DEMO_INTERVAL } })
await part('starting on PostgreSQL', async () => {
  await product.ready(120_000)
  await until('640 visits were made', async () => (await visits(product)) >= 640, 120_000)
  await new Promise((resolve) => setTimeout(resolve, WARM_UP_MS))
  return []
})
await part('visits', () => benchVisits(product, postgres))
await part('snapshots', () => benchSnapshot(product))
await part('wall', () => benchWall(product, postgres.url()))
await part('screens', () => benchScreens(product))
await part('census', () => benchCensus(product, postgres.url()))
await stopProducts()
await postgres.remove()
await part('history', benchHistory)
await part('past', benchPast)
await part('desk', benchDesk)
await part('storm', benchStorm)
await measureBeside('probe')
await measureBeside('freshness')

const machine = `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}`
console.log(`\n${machine}, ${((performance.now() - began) / 1000).toFixed(0)} s\n`)
console.log(table(figures))
process.exitCode = figures.some(({ ok }) => ok === false) ? 1 : 0
