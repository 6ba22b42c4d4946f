import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { startApp } from '../../../server/app/app.ts'
import { parseConfig } from '../../../server/base/config.ts'
import { connect } from '../../../server/base/db/connect.ts'
import { atMost, type Figure, told } from '../../bench/figure.ts'
import { startPostgres } from '../../support/databases/postgres-server.ts'
import { migrateDatabase } from '../../support/databases/templates.ts'
import type { HostileOptions } from '../part.ts'
import { fuzz } from './fuzz.ts'
import { ATTACKERS, setStage } from './stage.ts'

const FULL = 60_000
const MB = 1024 * 1024

/** Hostile requests to every endpoint, 60,000 of them, by three roles, to a server on PostgreSQL in this process. */
export async function hostileRequests({ count = FULL, seed, say }: HostileOptions): Promise<Figure[]> {
  const postgres = await startPostgres(['track_commit_timestamp=on'])
  const dataDir = mkdtempSync(join(tmpdir(), 'siteward-hostile-'))
  try {
    await migrateDatabase(postgres.url())
    const connection = await connect({ databaseUrl: postgres.url(), dataDir })
    await setStage(connection.db).finally(() => connection.close())
    const settings = { PORT: '0', DEMO: 'off', WEEKLY_SCANS: '0', REQUESTS_PER_MINUTE: '0' }
    const config = parseConfig({ ...settings, DATA_DIR: dataDir, DATABASE_URL: postgres.url() }, [])
    const app = await startApp(config, { log: pino({ level: 'fatal' }) })
    const before = process.memoryUsage().rss
    let highest = before
    const looking = setInterval(() => {
      highest = Math.max(highest, process.memoryUsage().rss)
    }, 500)
    try {
      const attack = { origin: app.url, db: app.context.db, usernames: ATTACKERS, count, seed, say }
      const { requests, statuses, bugs, largest, slowest } = await fuzz(attack)
      say(JSON.stringify(statuses))
      say(`largest: ${largest.request}`)
      say(`slowest: ${slowest.request}`)
      for (const bug of bugs.slice(0, 20)) say(bug)
      const alive = await fetch(`${app.url}/readyz`).then((answer) => answer.status)
      return [
        told('hostile requests to every endpoint, three roles', requests, ''),
        atMost('… answered 500, or not at all', bugs.length, 0, ''),
        atMost('… largest answer', largest.bytes / MB, 4, 'MB', 2),
        told('… slowest answer', slowest.ms, 'ms'),
        atMost('… memory above that before', (highest - before) / MB, 400, 'MB'),
        atMost('… and then ready: status', alive, 200, ''),
      ]
    } finally {
      clearInterval(looking)
      await app.stop()
    }
  } finally {
    await postgres.remove()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
