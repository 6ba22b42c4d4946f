import { type Product, startProduct, temporaryFolder } from '../support/product/product.ts'
import { until } from '../support/until.ts'
import { atMost, type Figure, told } from './figure.ts'
import { commandOf, descendants, memoryMb, sumMemory } from './process.ts'

/** Long enough for start-up garbage to be collected and every site to be visited twice. */
const SETTLE_MS = 20_000

/** What a newcomer waits for, twice, and what the product then takes, with the embedded database and the demo. */
export async function benchStart(): Promise<Figure[]> {
  const dataDir = temporaryFolder()
  const first = await launch(dataDir)
  const figures = [
    atMost('npm start to ready, first time, built', first.readyMs / 1000, 20, 's', 1),
    atMost('… until all 640 sites are measured', first.measuredMs / 1000, 120, 's', 1),
  ]
  const stopMs = await first.product.stop()
  const second = await launch(dataDir)
  figures.push(
    atMost('npm start to ready, later', second.readyMs / 1000, 5, 's', 1),
    atMost('… until all 640 sites are measured', second.measuredMs / 1000, 120, 's', 1),
    atMost('orderly stop', stopMs / 1000, 5, 's', 1),
  )
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
  figures.push(...memory(second.product))
  await second.product.stop()
  return figures
}

async function launch(dataDir: string): Promise<{ product: Product; readyMs: number; measuredMs: number }> {
  const began = performance.now()
  const startedAt = Date.now()
  const product = await startProduct({ dataDir, entry: 'server/start.mjs' })
  const readyMs = await product.ready(120_000)
  const duty = await product.signIn('duty')
  await until(
    'all 640 sites were visited',
    async () => {
      const { items } = await duty.call('sites', { query: { limit: 1000 } })
      return (
        items.length === 640 && items.every(({ lastVisitAt }) => Date.parse(lastVisitAt ?? '') >= startedAt)
      )
    },
    120_000,
  )
  return { product, readyMs, measuredMs: performance.now() - began }
}

function memory(product: Product): Figure[] {
  const children = descendants(product.pid)
  const named = (name: string) => children.filter((pid) => commandOf(pid).includes(name))
  const database = named('embedded.js')
  const whole = sumMemory([product.pid, ...database])
  const fleet = sumMemory(named('fleet.js'))
  const server = memoryMb(product.pid)
  return [
    atMost('memory, server and embedded database (PSS)', whole.pss, 550, 'MB'),
    told('memory, server and embedded database (RSS)', whole.rss, 'MB'),
    told('… of which the server (PSS)', server.pss, 'MB'),
    told('memory, demo fleet, not part of the product (PSS)', fleet.pss, 'MB'),
  ]
}
