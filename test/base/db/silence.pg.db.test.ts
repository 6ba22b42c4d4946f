import { type AddressInfo, createServer, type Server } from 'node:net'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { connect } from '../../../server/base/db/connect.ts'
import { isLasting } from '../../../server/base/db/failure.ts'
import { type SilenceWatch, watchForSilence } from '../../../server/base/db/line/silence.ts'
import { SECOND } from '../../../shared/base/time.ts'
import { startTestApp } from '../../support/app.ts'
import { type PreparedDatabase, prepareDatabase } from '../../support/database.ts'
import { makePeople } from '../../support/people.ts'
import { readiness } from '../../support/product/product.ts'
import { type Relay, startRelay } from '../../support/product/relay.ts'
import { patient } from '../../support/run/patience.ts'
import { Refused } from '../../support/session.ts'
import { until } from '../../support/until.ts'

/* A line on which packets vanish: nothing is refused, nothing is closed, nothing comes. */

const TICK_MS = 20

let prepared: PreparedDatabase
let relay: Relay
let url: string
let watch: SilenceWatch
let clients: pg.Client[]
beforeAll(async () => {
  prepared = await prepareDatabase()
  const through = new URL(prepared.databaseUrl ?? '')
  relay = await startRelay(Number(through.port))
  through.host = `127.0.0.1:${relay.port}`
  url = through.href
})
beforeEach(async () => {
  watch = watchForSilence(url, TICK_MS)
  clients = [await watched(), await watched()]
})
afterEach(async () => {
  watch.stop()
  relay.mend()
  await Promise.all(clients.map((client) => client.end()))
})
afterAll(async () => {
  await relay.close()
  await prepared.drop()
})

async function watched(): Promise<pg.Client> {
  const client = new pg.Client(url)
  client.on('error', () => {})
  await client.connect()
  watch.add(client)
  return client
}

const outcome = (query: Promise<unknown>) =>
  query.then(
    () => 'answered',
    (error: unknown) => error,
  )

test('a statement that is worked at is waited for, however long it takes', async () => {
  const [busy] = clients
  expect(await outcome(busy!.query(`select pg_sleep(${(TICK_MS * 60) / 1000})`))).toBe('answered')
})

describe('a line on which only the asking fails is not silent: what is worked at is waited for', () => {
  let server: Server
  const urlOf = (options = '') =>
    `postgres://somebody:secret@127.0.0.1:${(server.address() as AddressInfo).port}/city${options}`
  const isWaitedFor = async (asking: string) => {
    const other = watchForSilence(asking, TICK_MS)
    const [busy, idle] = clients
    other.add(busy!)
    other.add(idle!)
    expect(await outcome(busy!.query(`select pg_sleep(${(TICK_MS * 30) / 1000})`))).toBe('answered')
    expect(await outcome(idle!.query('select 1'))).toBe('answered')
    other.stop()
  }
  beforeEach(async () => {
    watch.stop()
    // Of one that wishes a secure line, it accepts that and speaks none; of others, it closes.
    server = createServer((socket) =>
      socket.once('data', (sent) => {
        if (sent.length === 8) socket.end('Snone')
        else socket.resetAndDestroy()
      }),
    )
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterEach(() => server.close())

  test('it is refused', async () => {
    const asking = urlOf()
    await new Promise((resolve) => server.close(resolve))
    await isWaitedFor(asking)
  })
  test('it is reset', () => isWaitedFor(urlOf()))
  test('it finds no secure line', () => isWaitedFor(urlOf('?sslmode=verify-full')))
})

test('when nobody answers any more, whoever waits is told, and all silent connections are given up', async () => {
  const [waiting, idle] = clients
  await waiting!.query('begin')
  relay.cut()
  const error = await outcome(waiting!.query('select 1'))
  expect(error).toMatchObject({ code: 'ETIMEDOUT', message: expect.stringContaining('silent') })
  expect(isLasting(error), 'what was to be stored is kept and tried again').toBe(false)
  for (const client of [waiting, idle])
    await expect(client!.query('select 1')).rejects.toThrow(/not queryable/)
})

test('where only a connection was forgotten on its way, it alone is given up', async () => {
  const [forgotten] = clients
  relay.forget()
  const fresh = await watched()
  clients.push(fresh)
  expect(await outcome(forgotten!.query('select 1'))).toMatchObject({ code: 'ETIMEDOUT' })
  expect(await outcome(fresh.query('select 1'))).toBe('answered')
})

test('the server ends connections to a machine that is gone, so that nobody waits for its locks', async () => {
  const { pool, close } = await connect(prepared)
  const { rows } = await pool.query(`select current_setting('tcp_user_timeout') as sent,
    current_setting('tcp_keepalives_idle') as idle, current_setting('tcp_keepalives_count') as times`)
  await close()
  expect(rows).toEqual([{ sent: '15000', idle: '5', times: '2' }])
})

test('the product says so within 20 s, and all of it works on when the line is back', {
  timeout: patient(60_000),
}, async () => {
  const { db, pool, close } = await connect(prepared)
  await makePeople(db)
  const app = await startTestApp({ database: { ...prepared, databaseUrl: url, drop: async () => {} } })
  const listeners = async () => {
    const { rows } = await pool.query<{ pid: number }>(`select pid from pg_stat_activity
      where application_name = 'siteward listen' and datname = current_database()`)
    return rows.map(({ pid }) => pid)
  }
  try {
    const duty = await app.signIn('duty')
    const [listener] = await listeners()
    expect(listener).toBeDefined()
    relay.cut()
    const beganMs = performance.now()
    const [refused, ready] = await Promise.all([
      duty.call('alerts').catch((error: unknown) => error),
      fetch(`${app.url}/readyz`),
    ])
    expect(performance.now() - beganMs).toBeLessThan(20 * SECOND)
    expect(refused).toBeInstanceOf(Refused)
    expect(refused).toMatchObject({ status: 503, problem: { code: 'unavailable' } })
    expect(ready.status).toBe(503)
    relay.forget()
    const isAnswered = async () =>
      !((await duty.call('alerts').catch((error: unknown) => error)) instanceof Refused)
    await until('requests are answered', isAnswered)
    await until('it is ready', async () => (await readiness(app.url)) === 200)
    await until('it listens to other processes again', async () => {
      const now = await listeners()
      return now.length === 1 && now[0] !== listener
    })
  } finally {
    relay.mend()
    await app.stop()
    await close()
  }
})
