import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { KEEPS, type PostgresServer } from '../support/databases/postgres-server.ts'
import { migratedPostgres } from '../support/databases/templates.ts'
import { PASSWORD } from '../support/people.ts'
import { hasNginx, type Nginx, startNginx } from '../support/product/nginx.ts'
import { anotherBuild } from '../support/product/other-build.ts'
import { type Product, readiness, startProduct, stopProducts } from '../support/product/product.ts'
import { buildCity, type TestCity } from '../support/registers/city.ts'
import { signIn } from '../support/session.ts'
import { until } from '../support/until.ts'

/* An update behind the proxy of `deploy/`: web processes of two builds, each in a folder of its own. Left out where there is no nginx. */
describe.skipIf(!hasNginx())('two builds behind nginx', () => {
  let postgres: PostgresServer
  let city: TestCity
  let next: ReturnType<typeof anotherBuild>
  let old: Product
  let updated: Product
  let nginx: Nginx
  let cookie: string

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
    updated = await start(next.root)
    await updated.ready()
    nginx = await startNginx([old.port, updated.port])
    cookie = (await signIn(old.origin, 'duty', PASSWORD)).cookie
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
    for (let n = 0; n < 4; n++) answers.push(await nginx.ask(path, cookie))
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

  test('who is let through by no WebSocket is told what happens all the same, and stays connected', async () => {
    const browsers = Array.from({ length: 4 }, () =>
      io(nginx.origin, {
        transports: ['polling'],
        rejectUnauthorized: false,
        forceNew: true,
        reconnection: false,
        extraHeaders: { cookie, origin: 'https://localhost' },
      }),
    )
    onTestFinished(() => browsers.forEach((browser) => void browser.close()))
    const pulses = new Map<number, number>()
    browsers.forEach((browser, n) => {
      browser.on('pulse', () => pulses.set(n, (pulses.get(n) ?? 0) + 1))
      browser.on('connect', () => void browser.emit('subscribe', { rooms: ['city'] }, () => {}))
    })
    await until('each has heard three pulses', () => browsers.every((_, n) => (pulses.get(n) ?? 0) >= 3))
    expect(browsers.map(({ connected }) => connected)).toEqual([true, true, true, true])
  })

  test('while the database is away people hear so from the program, and still get the pages', async () => {
    await postgres.stop('immediate')
    for (const { origin } of [old, updated]) {
      await until('it is not ready', async () => (await readiness(origin)) === 503)
    }
    for (const { status, text } of await fourTimes('/api/alerts')) {
      expect(status).toBe(503)
      expect(JSON.parse(text)).toMatchObject({ code: 'unavailable' })
    }
    expect(await statusesOf('/')).toEqual(WELL)
    await postgres.start()
    const isRead = async () => (await nginx.ask('/api/alerts', cookie)).status === 200
    await until('alerts are read again', isRead)
    for (const { origin } of [old, updated]) {
      await until('it is ready', async () => (await readiness(origin)) === 200)
    }
  })

  test('when a process ends in order nobody who only reads is refused', async () => {
    const statuses = new Set<number>()
    let isOver = false
    const reading = (async () => {
      while (!isOver) statuses.add((await nginx.ask('/api/alerts', cookie)).status)
    })()
    await until('alerts are read', () => statuses.size > 0)
    await old.stop()
    isOver = true
    await reading
    expect([...statuses, ...(await statusesOf('/api/alerts'))]).toEqual([200, ...WELL])
  })
})
