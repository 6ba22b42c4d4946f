import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { KEEPS, type PostgresServer } from '../support/databases/postgres-server.ts'
import { migratedPostgres } from '../support/databases/templates.ts'
import { hasNginx, type Nginx, startNginx } from '../support/product/nginx.ts'
import { anotherBuild } from '../support/product/other-build.ts'
import { type Product, startProduct, stopProducts } from '../support/product/product.ts'
import { buildCity, type TestCity } from '../support/registers/city.ts'

/* An update behind the proxy of `deploy/`: web processes of two builds, each in a folder of its own. Left out where there is no nginx. */
describe.skipIf(!hasNginx())('two builds behind nginx', () => {
  let postgres: PostgresServer
  let city: TestCity
  let next: ReturnType<typeof anotherBuild>
  let old: Product
  let nginx: Nginx

  const start = (root?: string) =>
    startProduct({
      env: {
        ...city.env,
        DATABASE_URL: postgres.url(),
        TRUST_PROXY: '1',
        PUBLIC_ORIGIN: 'https://localhost',
      },
      args: ['--role', 'web'],
      ...(root && { root }),
    })

  beforeAll(async () => {
    postgres = await migratedPostgres([KEEPS])
    city = await buildCity({ databaseUrl: postgres.url(), dataDir: '' }, 5)
    next = anotherBuild(true)
    old = await start()
    await old.ready()
    const updated = await start(next.root)
    await updated.ready()
    nginx = await startNginx([old.port, updated.port])
  })
  afterAll(async () => {
    await nginx?.stop()
    await stopProducts()
    next?.remove()
    await city?.close()
    await postgres?.remove()
  })

  /** The same, asked four times: of each process first now and then. */
  const fourTimes = async (path: string) => {
    const answers: Awaited<ReturnType<Nginx['ask']>>[] = []
    for (let n = 0; n < 4; n++) answers.push(await nginx.ask(path))
    return answers
  }
  const statusesOf = async (path: string) => (await fourTimes(path)).map(({ status }) => status)
  const pages = async () => [...new Set((await fourTimes('/')).map(({ text }) => text))]
  const WELL = [200, 200, 200, 200]

  test('whoever comes new gets a whole page, whichever build it is of and whoever is asked for its files', async () => {
    const files = (await pages()).map((page) =>
      [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, file = '']) => file),
    )
    expect(files, 'a page of each build').toHaveLength(2)
    expect(files.map((names) => names.some((name) => name.includes('/another/'))).sort()).toEqual([
      false,
      true,
    ])
    for (const file of files.flat()) expect(await statusesOf(file), file).toEqual(WELL)
  })

  test('a file that no build has is missing, and that counts against no process', async () => {
    for (let n = 0; n < 3; n++) expect(await statusesOf('/assets/gone.js')).toEqual([404, 404, 404, 404])
    expect(await pages()).toHaveLength(2)
  })
})
