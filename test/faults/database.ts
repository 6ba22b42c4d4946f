import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { MINUTE, SECOND } from '../../shared/base/time.ts'
import { KEEPS, startPostgres } from '../support/databases/postgres-server.ts'
import { type Relay, startRelay } from '../support/product/relay.ts'
import type { FaultPart } from './part.ts'
import { Place, type PlaceOptions } from './place.ts'

const RESTARTS = 5
const LONG_MS = 40 * SECOND

/** The database is away for some minutes. */
export const away: FaultPart = async ({ minutes, say }) => {
  const place = await Place.open()
  await place.postgres.stop('immediate')
  say(`away for ${minutes} min`)
  await sleep(minutes * MINUTE)
  await place.postgres.start()
  await place.settle()
  return place.close(`database away for ${minutes} min`)
}

/** It is restarted in order, and by a power cut, by turns. */
export const restarts: FaultPart = async ({ say }) => {
  const place = await Place.open()
  for (let round = 1; round <= RESTARTS; round++) {
    await place.postgres.stop(round % 2 ? 'immediate' : 'fast')
    await place.postgres.start()
    await place.settle()
    say(`${round} of ${RESTARTS} restarts`)
  }
  return place.close(`database restarted, ${RESTARTS} times`)
}

/** Other programs take all connections that are left, and those of the product are cut. */
export const connections: FaultPart = async ({ say }) => {
  const place = await Place.open({
    postgres: await startPostgres([KEEPS, 'max_connections=40']),
  })
  const others: pg.Client[] = []
  const admin = new pg.Client(place.postgres.url())
  await admin.connect()
  await admin.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'siteward%'`,
  )
  for (let refused = 0; refused < 3; ) {
    const other = new pg.Client(place.postgres.url())
    other.on('error', () => {})
    await other.connect().then(
      () => others.push(other),
      () => refused++,
    )
  }
  say(`${others.length} connections are taken by others`)
  await sleep(LONG_MS)
  for (const other of others) await other.end()
  await admin.end()
  await place.settle()
  return place.close('database out of connections for 40 s')
}

async function onRelay(
  name: string,
  options: (port: number) => PlaceOptions,
  disturb: (relay: Relay) => Promise<void>,
) {
  const postgres = await startPostgres([KEEPS])
  const relay = await startRelay(postgres.port)
  const place = await Place.open({ postgres, ...options(relay.port) })
  await disturb(relay)
  relay.mend()
  await place.settle()
  const figures = await place.close(name)
  await relay.close()
  return figures
}

const through = (port: number, direct: string): string => {
  const url = new URL(direct)
  url.port = String(port)
  return url.href
}

/** Every message to it takes 50 ms each way. */
export const slow: FaultPart = () =>
  onRelay(
    'database 100 ms away for 40 s',
    (port) => ({ url: (_role, direct) => through(port, direct) }),
    async (relay) => {
      relay.delay(50)
      await sleep(LONG_MS)
    },
  )

/** The monitor's line to the database carries nothing any more, without a word; the web process goes on. */
export const cut: FaultPart = () =>
  onRelay(
    'monitor cut from the database for 90 s',
    (port) => ({ url: (role, direct) => (role === 'monitor' ? through(port, direct) : direct) }),
    async (relay) => {
      relay.cut()
      await sleep(90 * SECOND)
    },
  )

/** Its disk is full: a file system in memory that somebody else has filled. Needs to be root (`mount`). */
export const full: FaultPart = async ({ say }) => {
  const [before, folder] = [process.env.TMPDIR, mkdtempSync(join(tmpdir(), 'siteward-full-'))]
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=400m,mode=1777', 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    say('left out: a file system can be mounted by root only')
    rmSync(folder, { recursive: true })
    return [{ name: 'database with a full disk', value: 'left out', target: '', ok: null }]
  }
  try {
    process.env.TMPDIR = folder
    const postgres = await startPostgres([KEEPS, 'max_wal_size=64MB', 'min_wal_size=32MB'])
    process.env.TMPDIR = before
    if (before === undefined) delete process.env.TMPDIR
    const place = await Place.open({ postgres })
    const { bavail, bsize } = statfsSync(folder)
    const filler = join(folder, 'others-files')
    writeFileSync(filler, Buffer.alloc(bavail * bsize - (64 << 10)))
    say('the disk is full')
    await sleep(LONG_MS)
    rmSync(filler)
    // A server that could not write its log has ended; its keeper starts it again.
    await postgres.stop('immediate')
    await postgres.start()
    await place.settle()
    return await place.close('database with a full disk for 40 s')
  } finally {
    execFileSync('umount', ['-l', folder])
    rmSync(folder, { recursive: true, force: true })
  }
}
