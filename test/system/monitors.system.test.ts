import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PostgresServer } from '../support/databases/postgres-server.ts'
import { migratedPostgres } from '../support/databases/templates.ts'
import { PASSWORD } from '../support/people.ts'
import { type Product, startProduct, stopProducts } from '../support/product/product.ts'
import { type Watcher, watch } from '../support/product/watcher.ts'
import { buildCity, factNumbers, type TestCity, upTo, withDatabase } from '../support/registers/city.ts'
import { status } from '../support/registers/sites.ts'
import { signIn } from '../support/session.ts'
import { until } from '../support/until.ts'

/** One web process and two monitors on one PostgreSQL, watched by one browser. */
let postgres: PostgresServer
let city: TestCity
let web: Product
let monitors: [Product, Product]
let watcher: Watcher

beforeAll(async () => {
  postgres = await migratedPostgres()
  const at = { databaseUrl: postgres.url(), dataDir: '' }
  city = await buildCity(at, 40)
  const env = { ...city.env, DATABASE_URL: postgres.url() }
  web = await startProduct({ env, args: ['--role', 'web'] })
  monitors = [
    await startProduct({ env, args: ['--role', 'monitor'] }),
    await startProduct({ env, args: ['--role=monitor'] }),
  ]
  await web.ready()
  watcher = await watch(await signIn(web.origin, 'duty', PASSWORD))
})
afterAll(async () => {
  watcher?.close()
  await stopProducts()
  await city?.close()
  await postgres?.remove()
})

const visits = () => city.labels.map((label) => city.sites.visits(label))

test('two monitors visit every site, and none twice in a turn', async () => {
  await until('every site was visited', () => visits().every((count) => count > 0), 30_000)
  const before = visits()
  const began = performance.now()
  await until(
    'every site was visited twice more',
    () => visits().every((n, i) => n >= before[i]! + 2),
    30_000,
  )
  const turns = (performance.now() - began) / 5_000
  // A turn more for what was under way at both ends.
  for (const [index, count] of visits().entries()) {
    expect(count - before[index]!, city.labels[index]).toBeLessThanOrEqual(Math.ceil(turns) + 1)
  }
})

test('a browser hears of a site that goes down, from whichever monitor sees it', async () => {
  city.sites.set('s7', status(503))
  const id = city.rows[6]!.id
  const down = await watcher.fact(
    's7 is down',
    (fact) => fact.kind === 'site.changed' && fact.siteId === id && fact.data.after.availability === 'down',
    30_000,
  )
  expect(down).toMatchObject({ district: '440106', actor: null })
  await watcher.fact('its alert is open', (fact) => fact.kind === 'alert.opened' && fact.siteId === id)
  expect(watcher.board.sites.get(id)?.availability).toBe('down')
})

test('the sites of a monitor that is killed are taken over at their next turn', async () => {
  await monitors[0].kill()
  const before = visits()
  // Its visits under way are lost; each of their sites is due again one interval after it was claimed.
  await until('every site was visited again', () => visits().every((n, i) => n > before[i]!), 15_000)
  city.sites.set('s8', status(500))
  const id = city.rows[7]!.id
  await watcher.fact(
    's8 is down',
    (fact) => fact.kind === 'site.changed' && fact.siteId === id && fact.data.after.availability === 'down',
    30_000,
  )
})

test('nobody was blamed for the kill, and the facts have no gap', async () => {
  const numbers = await withDatabase(postgres.url(), factNumbers)
  expect(numbers).toEqual(upTo(numbers.length))
  await until('the browser has them all', () => watcher.board.seq >= numbers.length)
  expect(watcher.complaints).toEqual([])
  const wrong = [...watcher.board.sites.values()]
    .filter((site) => site.availability !== 'up')
    .map((site) => site.id)
  expect(wrong.sort()).toEqual([city.rows[6]!.id, city.rows[7]!.id].sort())
})

test('a monitor says at /metrics what it does, and ends in order', async () => {
  const told = await (await fetch(`${monitors[1].origin}/metrics`)).text()
  const value = (name: string) => Number(told.match(new RegExp(`^${name} (\\S+)$`, 'm'))?.[1])
  expect(value('siteward_visits_total\\{outcome="ok".*\\}')).toBeGreaterThan(city.rows.length)
  for (const stage of ['schedule', 'visit', 'read', 'record'])
    expect(value(`siteward_stage_oldest_seconds\\{stage="${stage}"\\}`), stage).toBeLessThan(10)
  expect(await monitors[1].stop()).toBeLessThan(5_000)
  expect(await monitors[1].exited).toBe(0)
})
