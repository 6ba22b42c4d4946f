import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { PostgresServer } from '../support/databases/postgres-server.ts'
import type { Product } from '../support/product/product.ts'
import { atMost, type Figure, told } from './figure.ts'
import { cpuMs, memoryMb, treeCpuMs } from './process.ts'

const WINDOW_MS = 30_000

/**
 * What a full check costs: visit, reading, verdict, record and push, against bare GETs of the same pages in the
 * same minute. The server's CPU includes everything else that it does meanwhile.
 */
export async function benchVisits(product: Product, postgres: PostgresServer): Promise<Figure[]> {
  const before = {
    visits: await visits(product),
    server: cpuMs(product.pid),
    database: treeCpuMs(postgres.pid()),
  }
  const began = performance.now()
  await new Promise((resolve) => setTimeout(resolve, WINDOW_MS))
  const seconds = (performance.now() - began) / 1000
  const made = (await visits(product)) - before.visits
  const server = (cpuMs(product.pid) - before.server) / made
  const database = (treeCpuMs(postgres.pid()) - before.database) / made
  const bare = await bareGet(await pagesOf(product))
  const memory = memoryMb(product.pid)
  return [
    told('visits while measuring', made / seconds, '/s', 1),
    told('CPU of a bare GET of the same pages', bare, 'ms', 2),
    told('CPU of a full check, server', server, 'ms', 2),
    told('CPU of a full check, PostgreSQL', database, 'ms', 2),
    atMost('full check in the server, against a bare GET', server / bare, 2, '×', 1),
    atMost('memory, server without database (PSS)', memory.pss, 180, 'MB'),
    told('memory, server without database (RSS)', memory.rss, 'MB'),
  ]
}

/** Visits that a product has made since it started. */
export async function visits(product: Product): Promise<number> {
  const text = await (await fetch(`${product.origin}/metrics`)).text()
  const lines = text.match(/^siteward_visits_total\{.*\} \d+$/gm) ?? []
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
}

/** Addresses of the sites that answer; those that hang would measure a time-out. */
async function pagesOf(product: Product): Promise<string[]> {
  const duty = await product.signIn('duty')
  const { items } = await duty.call('sites', { query: { limit: 1000 } })
  return items.filter((site) => site.availability === 'up').map((site) => site.url)
}

function bareGet(pages: readonly string[]): Promise<number> {
  const child = fork(fileURLToPath(new URL('./bare-get.mjs', import.meta.url)))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('message', ({ done, cpuMs }: { done: number; cpuMs: number }) => resolve(cpuMs / done))
    child.send({ pages: [...pages, ...pages] })
  })
}
