import { existsSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { socketFolder } from '../../server/base/db/socket-folder.ts'
import { type PostgresServer, startPostgres } from '../support/databases/postgres-server.ts'
import { copyTemplate, embeddedTemplate } from '../support/databases/templates.ts'
import { startProduct, stopProducts, temporaryFolder } from '../support/product/product.ts'
import { until } from '../support/until.ts'

const servers: PostgresServer[] = []
afterAll(async () => {
  await stopProducts()
  for (const server of servers) await server.remove()
})

test('processes that start together on an empty database all come up, time and again', async () => {
  for (let round = 0; round < 3; round++) {
    const server = await startPostgres()
    servers.push(server)
    const env = { DATABASE_URL: server.url(), DEMO: 'off' }
    const roles = ['monitor', 'monitor', 'web']
    const products = await Promise.all(roles.map((role) => startProduct({ env, args: ['--role', role] })))
    await Promise.all(products.map((product) => product.ready()))
    await Promise.all(products.map((product) => product.stop()))
    for (const product of products) expect(product.output()).not.toMatch(/deadlock/)
  }
})

test('a process that is killed leaves no folder behind', async () => {
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
