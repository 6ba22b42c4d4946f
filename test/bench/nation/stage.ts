import { type ChildProcess, fork } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { io, type Socket } from 'socket.io-client'
import { connect } from '../../../server/base/db/connect.ts'
import type { Db } from '../../../server/base/db/database.ts'
import { DAY, localDay, MINUTE, startOfDay } from '../../../shared/base/time.ts'
import { makeCertificate } from '../../monitor/visit/net/certificates.ts'
import {
  DURABLE,
  NATION,
  type PostgresServer,
  startPostgres,
} from '../../support/databases/postgres-server.ts'
import { PASSWORD } from '../../support/people.ts'
import { type Product, startProduct, stopProducts, temporaryFolder } from '../../support/product/product.ts'
import { signIn } from '../../support/session.ts'
import type { NationOptions } from './options.ts'
import { ADDRESSES, fillRegister, hosts, PLATFORM_ADDRESSES } from './register.ts'

/** All that a nation needs to be watched: its sites, its database, the monitors, one web process and its browsers. */
export interface Stage {
  readonly postgres: PostgresServer
  readonly db: Db
  readonly web: Product
  readonly monitors: readonly Product[]
  /** What the clock of the processes is ahead of this one's, ms. */
  readonly aheadMs: number
  /** Has the sites behave otherwise from now on. */
  behave(mode: string): void
  /** Addresses of so many sites. */
  pages(count: number): string[]
  close(): Promise<void>
}

const RECONNECT_MS = 1_000

/** Starts it all; the monitors go to work at once. */
export async function setStage(options: NationOptions): Promise<Stage> {
  const { sites, interval, tls } = options
  const postgres = await startPostgres([...DURABLE, ...NATION])
  const folder = temporaryFolder()
  const pages = fork(fileURLToPath(new URL('./pages.mjs', import.meta.url)), [String(options.items)])
  const port = await listen(pages, tls ? folder : null)
  const url = (host: string) => `${tls ? 'https' : 'http'}://${host}:${port}/`
  await fillRegister(postgres.url(), sites, url)
  const ahead = options.modes.includes('midnight') ? untilMidnight(Date.now()) - options.before * MINUTE : 0
  const clock = fileURLToPath(new URL('./shifted-clock.mjs', import.meta.url))
  const env = {
    DATABASE_URL: postgres.url(),
    DEMO: 'off',
    VISIT_INTERVAL: String(interval),
    ALLOW_ADDRESSES: '127.0.0.0/8',
    HOSTS: hosts(),
    WEEKLY_SCANS: '0',
    LOG_LEVEL: 'warn',
    // As the unit of systemd and the image have it.
    MALLOC_ARENA_MAX: '2',
    ...(tls ? { EXTRA_CA: join(folder, 'ca.pem') } : {}),
    ...(ahead ? { NODE_OPTIONS: `--import=${clock}`, CLOCK_AHEAD_MS: String(ahead) } : {}),
  }
  const web = await startProduct({ env, args: ['--role', 'web'] })
  await web.ready(120_000)
  const browsers = await openBrowsers(web, options.browsers)
  const flags = [
    ...(ahead ? [`--import=${clock}`] : []),
    ...(options.profile ? [`--import=${fileURLToPath(new URL('./profiled.mjs', import.meta.url))}`] : []),
  ]
  const profiling =
    flags.length > 0 ? { NODE_OPTIONS: flags.join(' '), PROFILE_DIR: options.profile ?? '' } : {}
  const monitors: Product[] = []
  for (let n = 0; n < options.monitors; n++)
    monitors.push(await startProduct({ env: { ...env, ...profiling }, args: ['--role', 'monitor'] }))
  const connection = await connect({ databaseUrl: postgres.url(), dataDir: '' })
  return {
    postgres,
    db: connection.db,
    web,
    monitors,
    aheadMs: ahead,
    behave: (mode) => void pages.send({ mode }),
    pages: (count) =>
      Array.from({ length: count }, (_, n) => url(`s${n + 1}.n${1 + ((n + 1) % ADDRESSES)}.localhost`)),
    async close() {
      for (const browser of browsers) browser.disconnect()
      await connection.close()
      await stopProducts()
      pages.send({ close: true })
      await postgres.remove()
    },
  }
}

/** From a moment (ms since 1970) to the next midnight in Shanghai, ms. */
export const untilMidnight = (now: number): number => startOfDay(localDay(now + DAY)) - now

/** @param folder where the authority's certificate is left for the monitor; null: plain HTTP. */
async function listen(pages: ChildProcess, folder: string | null): Promise<number> {
  let certificate: { chain: string; key: string } | null = null
  if (folder) {
    const issuer = await makeCertificate({ subject: 'CN=authority of a nation', isAuthority: true })
    const names = Array.from({ length: ADDRESSES }, (_, n) => `*.n${n + 1}.localhost`)
    const leaf = await makeCertificate({ names, issuer })
    writeFileSync(join(folder, 'ca.pem'), issuer.cert)
    certificate = { chain: leaf.cert, key: leaf.key }
  }
  const port = new Promise<number>((resolve, reject) => {
    pages.once('message', (message: { port: number }) => resolve(message.port))
    pages.once('exit', () => reject(new Error('the sites could not be started')))
  })
  pages.send({ listen: { certificate }, platformAddresses: PLATFORM_ADDRESSES })
  return port
}

/** Browsers that hear the whole city and keep nothing: what they do with it is not measured here. */
async function openBrowsers(web: Product, count: number): Promise<Socket[]> {
  const { cookie } = await signIn(web.origin, 'duty', PASSWORD)
  return Promise.all(
    Array.from({ length: count }, async () => {
      const socket = io(web.origin, {
        transports: ['websocket'],
        forceNew: true,
        extraHeaders: { cookie },
        reconnectionDelayMax: RECONNECT_MS,
      })
      await new Promise<void>((resolve) => socket.once('connect', () => resolve()))
      socket.emit('subscribe', { rooms: ['city'] }, () => {})
      return socket
    }),
  )
}
