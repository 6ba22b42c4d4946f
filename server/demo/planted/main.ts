import { createServer } from 'node:http'
import { parseArgs } from 'node:util'
import { systemClock } from '../../base/clock.ts'
import { complain, onFault } from '../../base/last-word.ts'
import { DEFAULT_SEED } from '../fleet/script.ts'
import { servePlanted } from './serve.ts'

/**
 * The test site (`npm run test-site -- --port 8099 --seed 640`): a web site of its own whose pages are given faults by a
 * seeded plan each night, for an installation that measures how often it errs. `--host`: the address it listens on.
 */
const { values } = parseArgs({
  options: {
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '8099' },
    seed: { type: 'string', default: String(DEFAULT_SEED) },
  },
})
onFault(complain('test-site'), () => process.exit(1))
for (const event of ['SIGTERM', 'SIGINT']) process.on(event, () => process.exit(0))

const [port, seed] = [Number(values.port), Number(values.seed)]
if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new RangeError('--port must be a port.')
if (!Number.isInteger(seed) || seed < 0) throw new RangeError('--seed must be a whole number.')
const server = createServer((request, response) => servePlanted(request, response, seed, systemClock.now()))
server.listen(port, values.host, () => process.stdout.write(`http://${values.host}:${port}/\n`))
