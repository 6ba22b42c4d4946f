import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { KEEPS, type PostgresServer } from '../support/databases/postgres-server.ts'
import { migratedPostgres } from '../support/databases/templates.ts'
import { PASSWORD } from '../support/people.ts'
import { type Product, readiness, startProduct, stopProducts } from '../support/product/product.ts'
import { type Watcher, watch } from '../support/product/watcher.ts'
import { buildCity, factNumbers, type TestCity, upTo, withDatabase } from '../support/registers/city.ts'
import { status } from '../support/registers/sites.ts'
import { type Refused, type Session, signIn } from '../support/session.ts'
import { until } from '../support/until.ts'

let postgres: PostgresServer
let city: TestCity
let product: Product
let duty: Session
let watcher: Watcher

beforeAll(async () => {
  postgres = await migratedPostgres([KEEPS])
  city = await buildCity({ databaseUrl: postgres.url(), dataDir: '' }, 30)
  product = await startProduct({ env: { ...city.env, DATABASE_URL: postgres.url() } })
  await product.ready()
  duty = await signIn(product.origin, 'duty', PASSWORD)
  watcher = await watch(duty)
  await until(
    'every site was visited',
    () => city.labels.every((label) => city.sites.visits(label) > 0),
    30_000,
  )
})
afterAll(async () => {
  watcher?.close()
  await stopProducts()
  await city?.close()
  await postgres?.remove()
})

const notUp = () => [...watcher.board.sites.values()].filter((site) => site.availability !== 'up')

test('with its database gone the product says so and stays alive', async () => {
  await postgres.stop('immediate')
  await until('it is not ready', async () => (await readiness(product.origin)) === 503, 10_000)
  expect((await fetch(`${product.origin}/healthz`)).status).toBe(200)
  const refused = await duty.call('alerts').catch((error: Refused) => error)
  expect(refused).toMatchObject({ status: 503, problem: { code: 'unavailable' } })
})

test('it recovers without a restart, and nothing was lost or invented meanwhile', async () => {
  const before = watcher.board.seq
  await new Promise((resolve) => setTimeout(resolve, 6_000))
  await postgres.start()
  await until('it is ready again', async () => (await readiness(product.origin)) === 200, 15_000)
  const visited = city.sites.visits('s1')
  await until('sites are visited again', () => city.sites.visits('s1') > visited + 1, 20_000)
  expect(notUp().map((site) => site.name)).toEqual([])
  const told = watcher.board.seq
  const numbers = await withDatabase(postgres.url(), factNumbers)
  expect(numbers).toEqual(upTo(numbers.length))
  expect(numbers.length, 'what was told is stored').toBeGreaterThanOrEqual(told)
  expect(watcher.board.seq).toBeGreaterThanOrEqual(before)
  expect(watcher.complaints).toEqual([])
})

test('connections that the server cuts are made anew', async () => {
  const admin = new pg.Client(postgres.url())
  await admin.connect()
  await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'siteward' and pid <> pg_backend_pid()`)
  await admin.end()
  city.sites.set('s3', status(502))
  const id = city.rows[2]!.id
  await watcher.fact(
    's3 is down',
    (fact) => fact.kind === 'site.changed' && fact.siteId === id && fact.data.after.availability === 'down',
    30_000,
  )
  city.sites.set('s3')
  await until('s3 is up again', () => watcher.board.sites.get(id)?.availability === 'up', 30_000)
  expect(watcher.complaints).toEqual([])
})
