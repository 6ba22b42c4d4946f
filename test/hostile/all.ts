import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { type Figure, table } from '../bench/figure.ts'
import { hostileDrawing } from './drawing/drawing.ts'
import { hostileRequests } from './endpoints/endpoints.ts'
import { hostileInspections } from './inspections/inspections.ts'
import { kills } from './kills.ts'
import { hostilePages } from './pages/pages.ts'
import type { HostilePart } from './part.ts'
import { hostileRegisters } from './registers/full.ts'
import { rollingRestarts } from './restart.ts'
import { hostileSockets } from './sockets/sockets.ts'

/** The parts by name, in the order in which they are run. */
const PARTS: { readonly [name: string]: HostilePart } = {
  endpoints: hostileRequests,
  pages: hostilePages,
  inspections: hostileInspections,
  drawing: hostileDrawing,
  registers: hostileRegisters,
  sockets: hostileSockets,
  restart: rollingRestarts,
  kills,
}

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    count: { type: 'string' },
    seed: { type: 'string', default: '1' },
    database: { type: 'string' },
  },
})
const names = values.only?.split(',') ?? Object.keys(PARTS)
const figures: Figure[] = []
const began = performance.now()
for (const name of names) {
  const part = PARTS[name]
  if (!part) throw new RangeError(`no part is called ${name}; there are ${Object.keys(PARTS).join(', ')}`)
  const say = (text: string) => process.stderr.write(`${name}: ${text}\n`)
  try {
    const count = values.count === undefined ? {} : { count: Number(values.count) }
    figures.push(...(await part({ ...count, database: values.database, seed: Number(values.seed), say })))
  } catch (error) {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error))
    figures.push({ name, value: 'failed', target: '', ok: false })
  }
}
const machine = `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}`
console.log(`\n${machine}, ${((performance.now() - began) / 1000).toFixed(0)} s\n`)
console.log(table(figures))
const code = figures.some(({ ok }) => ok === false) ? 1 : 0
// A part that failed may have left a server or a timer behind, and would hold the whole.
process.stdout.write('', () => process.exit(code))
