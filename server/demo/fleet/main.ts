import { DEFAULT_ZONE, liveBy } from '../../../shared/base/zone.ts'
import { systemClock } from '../../base/clock.ts'
import { complain, onFault } from '../../base/last-word.ts'
import { demoRegister } from '../cast/register.ts'
import { DEFAULT_SEED } from './script.ts'
import { startFleet } from './server.ts'

/**
 * The demo fleet as a process of its own. `FLEET_HTTP_PORT`, `FLEET_HTTPS_PORT`, `FLEET_CONTROL_PORT` (0 or none:
 * any free port), `FLEET_SEED` and `FLEET_ZONE` (time zone) set it up; its parent gets one message when it is ready. It ends with its parent.
 */
async function main(): Promise<void> {
  liveBy(process.env.FLEET_ZONE || DEFAULT_ZONE)
  const fleet = await startFleet({
    sites: demoRegister(),
    seed: numberFrom('FLEET_SEED', DEFAULT_SEED),
    httpPort: numberFrom('FLEET_HTTP_PORT', 0),
    httpsPort: numberFrom('FLEET_HTTPS_PORT', 0),
    controlPort: numberFrom('FLEET_CONTROL_PORT', 0),
    now: systemClock.now,
  })
  const { httpPort, httpsPort, controlPort, ca, hosts6 } = fleet
  const ready = { type: 'ready', httpPort, httpsPort, controlPort, ca, hosts6 }
  if (process.send) process.send(ready)
  else process.stdout.write(`${JSON.stringify(ready)}\n`)
}

function numberFrom(name: string, fallback: number): number {
  const text = process.env[name]
  if (!text) return fallback
  const number = Number(text)
  if (!Number.isInteger(number) || number < 0) throw new RangeError(`${name} must be a whole number.`)
  return number
}

onFault(complain('fleet'), () => process.exit(1))
// Nothing here is worth a farewell: visitors of a site that ends see a reset, as they should.
for (const event of ['SIGTERM', 'SIGINT', 'disconnect']) process.on(event, () => process.exit(0))

main().catch((error: Error) => {
  process.send?.({ error: error.message })
  process.stderr.write(`fleet: ${error.stack}\n`)
  process.exit(1)
})
