import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { atMost } from '../bench/figure.ts'
import { startPostgres } from '../support/databases/postgres-server.ts'
import { ROOT, temporaryFolder } from '../support/product/product.ts'
import type { FaultPart } from './part.ts'
import { Place } from './place.ts'

/** Runs one of the commands, and kills it after a while. @returns its exit code, null when it was killed */
async function command(
  args: readonly string[],
  databaseUrl: string,
  killAfterMs?: number,
): Promise<number | null> {
  const env = { PATH: process.env.PATH, DATABASE_URL: databaseUrl }
  const child = spawn(process.execPath, ['server/start.mjs', '--run', ...args], {
    cwd: ROOT,
    env,
    stdio: 'ignore',
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  if (killAfterMs !== undefined) {
    await Promise.race([ended, sleep(killAfterMs)])
    child.kill('SIGKILL')
  }
  return ended
}

const FACTS = `select case when to_regclass('fact') is null then null
  else (xpath('/row/n/text()', query_to_xml('select count(*) as n from fact', false, true, '')))[1]::text::int end as n`

/** How many facts a database holds; null where it has no tables. */
async function factsIn(url: string): Promise<number | null> {
  const client = new pg.Client(url)
  await client.connect()
  const { rows } = await client.query<{ n: number | null }>(FACTS)
  await client.end()
  return rows[0]?.n ?? null
}

/** Backups and restores are killed at one moment and another: there is a whole one or none, all of it or nothing. */
export const backups: FaultPart = async ({ times, say }) => {
  const place = await Place.open()
  const [folder, other] = [temporaryFolder(), await startPostgres()]
  let half = 0
  for (let round = 0; round < times; round++) {
    const file = join(folder, `cut-${round}`)
    await command(['backup', '--', file], place.postgres.url(), 300 + ((round * 97) % 1_500))
    const isWhole = (await command(['restore', '--', file, '--check'], other.url())) === 0
    if (existsSync(file) !== isWhole) half++
  }
  say(`${times} backups were killed`)
  const whole = join(folder, 'whole')
  const made = await command(['backup', '--', whole], place.postgres.url())
  await command(['restore', '--', whole], other.url())
  const all = await factsIn(other.url())
  let killed = 0
  const admin = new pg.Client(other.url())
  await admin.connect()
  for (let round = 0; round < times; round++) {
    await admin.query(`create database cut_${round}`)
    const url = other.url(`cut_${round}`)
    if ((await command(['restore', '--', whole], url, 400 + ((round * 131) % 3_000))) === null) killed++
    const facts = await factsIn(url)
    if (facts !== null && facts !== all) half++
  }
  await admin.end()
  await other.remove()
  await place.settle()
  return [
    ...(await place.close(`${times} backups and ${killed} restores killed`)),
    atMost('… that left a half which looked whole', half + (made === 0 && all !== null ? 0 : 1), 0, ''),
  ]
}
