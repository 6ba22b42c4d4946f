import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { type Figure, table } from '../bench/figure.ts'
import { stopProducts } from '../support/product/product.ts'
import { backups } from './backups.ts'
import { clockSteps } from './clock.ts'
import { crowd } from './crowd.ts'
import { away, connections, cut, full, restarts, slow } from './database.ts'
import { kills } from './kills.ts'
import { pages } from './pages.ts'
import type { FaultPart } from './part.ts'
import { proxy } from './proxy.ts'
import { threads } from './threads.ts'

/** The parts by name, in the order in which they are run. */
const PARTS: { readonly [name: string]: FaultPart } = {
  kills,
  away,
  restarts,
  connections,
  slow,
  full,
  cut,
  clock: clockSteps,
  crowd,
  pages,
  threads,
  backups,
  proxy,
}

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    times: { type: 'string', default: '50' },
    minutes: { type: 'string', default: '5' },
  },
})
const figures: Figure[] = []
const began = performance.now()
for (const name of values.only?.split(',') ?? Object.keys(PARTS)) {
  const part = PARTS[name]
  if (!part) throw new RangeError(`no part is called ${name}; there are ${Object.keys(PARTS).join(', ')}`)
  const say = (text: string) => process.stderr.write(`${name}: ${text}\n`)
  try {
    const found = await part({ times: Number(values.times), minutes: Number(values.minutes), say })
    // Told at once, too: a whole run takes an hour.
    process.stderr.write(`${table(found)}\n`)
    figures.push(...found)
  } catch (error) {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error))
    figures.push({ name, value: 'failed', target: '', ok: false })
  } finally {
    await stopProducts()
  }
}
console.log(
  `\nNode ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, ${((performance.now() - began) / 1000).toFixed(0)} s\n`,
)
console.log(table(figures))
process.exit(figures.some(({ ok }) => ok === false) ? 1 : 0)
