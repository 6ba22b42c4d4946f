import { existsSync } from 'node:fs'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { socketFolder } from '../../server/base/db/embedded/socket-folder.ts'
import { killEmbedded } from '../support/databases/embedded.ts'
import { type PostgresServer, startPostgres } from '../support/databases/postgres-server.ts'
import { copyTemplate, embeddedTemplate } from '../support/databases/templates.ts'
import { startProduct, stopProducts, temporaryFolder } from '../support/product/product.ts'
import { buildCity } from '../support/registers/city.ts'
import { until } from '../support/until.ts'

/* Each by itself waits most of its time for processes: they take their course side by side. */

let server: PostgresServer | undefined
afterAll(async () => {
  await stopProducts()
  await server?.remove()
})

test.concurrent('processes that start together on an empty database all come up, time and again', async () => {
  server = await startPostgres()
  const admin = new pg.Client(server.url())
  await admin.connect()
  for (const database of ['one', 'two', 'three']) {
    await admin.query(`create database ${database}`)
    const env = { DATABASE_URL: server.url(database), DEMO: 'off' }
    const roles = ['monitor', 'monitor', 'web']
    const products = await Promise.all(roles.map((role) => startProduct({ env, args: ['--role', role] })))
    await Promise.all(products.map((product) => product.ready()))
    await Promise.all(products.map((product) => product.stop()))
    for (const product of products) expect(product.output()).not.toMatch(/deadlock/)
  }
  await admin.end()
})

test.concurrent('a process that is killed leaves no folder behind', async () => {
  const dataDir = temporaryFolder()
  copyTemplate(await embeddedTemplate(), dataDir)
  for (let kill = 0; kill < 3; kill++) {
    const product = await startProduct({ dataDir, env: { DEMO: 'off' } })
    await product.ready()
    expect(existsSync(socketFolder(dataDir))).toBe(true)
    await product.kill()
    await until('its database has put everything away', () => !existsSync(socketFolder(dataDir)), 10_000)
  }
})

test.concurrent('an embedded database that is killed ends the product with a sentence, for its keeper to restart', async () => {
  const dataDir = temporaryFolder()
  const own = await buildCity({ databaseUrl: undefined, dataDir }, 5)
  const single = await startProduct({ dataDir, env: own.env })
  await single.ready()
  killEmbedded(dataDir)
  expect(await single.exited).not.toBe(0)
  expect(single.output()).toContain('embedded database')
  const again = await startProduct({ dataDir, env: own.env })
  await again.ready()
  await again.stop()
  // In order: what hangs for 4.5 s by its own clock is ended by force, with another code.
  expect(await again.exited).toBe(0)
  await own.close()
})
