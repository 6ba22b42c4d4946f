import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Asks, migrationsOf } from '../../base/backup/catalog.ts'
import { openSource } from '../../base/backup/source.ts'
import { systemClock } from '../../base/clock.ts'
import { otherOwner } from '../../base/db/embedded/lock.ts'
import { embeddedFolder } from '../../base/db/embedded/restored.ts'
import { mayWorkOn } from '../../base/db/migrate.ts'
import { migrations } from '../../base/db/migrations/index.ts'
import { type Finding, fault, fine, type Look, warn, whyOf } from './finding.ts'
import { clockFinding } from './network.ts'

/** The oldest PostgreSQL that the product is tested with. */
const OLDEST = 15
/** One process of the product holds so many connections at most. */
const CONNECTIONS = 16
/** A statement there and back; at more, each step of a transaction is felt. */
const SLOW_MS = 20

/** What a nation is measured with; below half of it, it is said. PostgreSQL comes with less. */
const WANTED = [
  { setting: 'shared_buffers', wanted: '512MB', least: '256MB' },
  { setting: 'max_wal_size', wanted: '4GB', least: '2GB' },
  { setting: 'max_connections', wanted: '200', least: '100' },
] as const

/** Everything about the database that can be asked of it; when it is away, that it is. */
export const lookAtDatabase: Look = async ({ config }) => {
  const folder = resolve(config.dataDir)
  const owner = config.databaseUrl ? null : otherOwner(folder)
  if (owner !== null) return [fault('database', 'database.otherOwner', 'mend.otherOwner', { folder, owner })]
  if (!config.databaseUrl && !existsSync(embeddedFolder(folder))) {
    return [fine('database', 'database.later', { folder })]
  }
  const source = await openSource(config).catch((error: unknown) => whyOf(error))
  if (typeof source === 'string') {
    const at = config.databaseUrl ? withoutPassword(config.databaseUrl) : folder
    return [fault('database', 'database.away', 'mend.database', { at, why: source })]
  }
  try {
    const db: Asks = { query: (text, values) => source.client.query(text, values) as never }
    const found = config.databaseUrl ? await lookAtServer(db) : [fine('database', 'database.embedded')]
    return [...found, await migrationFinding(db)]
  } finally {
    await source.close()
  }
}

/** A connection string without what it must not tell. */
export function withoutPassword(connection: string): string {
  const url = new URL(connection)
  if (url.password) url.password = '***'
  return url.href
}

interface Server {
  readonly version: string
  readonly number: number
  readonly now: number
  readonly most: number
  readonly used: number
  readonly fsync: string
  readonly commit: string
  readonly encoding: string
  readonly tables: boolean
  readonly schemas: boolean
  /** A standby, or one that has been set to be read only. */
  readonly closed: boolean
}

async function lookAtServer(db: Asks): Promise<Finding[]> {
  const beganMs = systemClock.now()
  const { rows } = await db.query<Server>(`
    select current_setting('server_version') as version, current_setting('server_version_num')::int / 10000 as number,
      extract(epoch from clock_timestamp()) * 1000 as now, current_setting('max_connections')::int as most,
      (select count(*)::int from pg_stat_activity) as used, current_setting('fsync') as fsync,
      current_setting('synchronous_commit') as commit, pg_encoding_to_char(encoding) as encoding,
      pg_is_in_recovery() or current_setting('transaction_read_only') = 'on' as closed,
      has_schema_privilege('public', 'create') as tables, has_database_privilege(datname, 'create') as schemas
    from pg_database where datname = current_database()`)
  const endMs = systemClock.now()
  const [server] = rows
  if (!server) return []
  const ms = endMs - beganMs
  return [
    ...serverFindings(server, ms, await lowSettings(db)),
    ...rightsFindings(server),
    clockFinding((beganMs + endMs) / 2 - Number(server.now), 'PostgreSQL'),
  ]
}

/** A setting that is lower than it should be, in PostgreSQL's own words. */
type Low = Readonly<Record<'setting' | 'here' | 'wanted', string>>

async function lowSettings(db: Asks): Promise<readonly Low[]> {
  const { rows } = await db.query<Low>(
    `select setting, current_setting(setting) as here, wanted
      from jsonb_to_recordset($1) as one (setting text, wanted text, least text)
      where pg_size_bytes(current_setting(setting)) < pg_size_bytes(least)`,
    [JSON.stringify(WANTED)],
  )
  return rows
}

function serverFindings(
  { version, number, encoding, ...server }: Server,
  ms: number,
  low: readonly Low[],
): Finding[] {
  const values = { version, ms, most: server.most, used: server.used, needed: CONNECTIONS }
  const found: Finding[] = []
  if (number < OLDEST) found.push(fault('database', 'database.old', 'mend.old', values))
  if (server.closed) found.push(fault('database', 'database.closed', 'mend.closed'))
  if (encoding !== 'UTF8') found.push(fault('database', 'database.encoding', 'mend.encoding', { encoding }))
  if (server.fsync === 'off' || server.commit === 'off') {
    found.push(warn('database', 'database.unsafe', 'mend.unsafe'))
  }
  if (server.most - server.used < CONNECTIONS) {
    found.push(warn('database', 'database.connections', 'mend.connections', values))
  }
  if (ms > SLOW_MS) found.push(warn('database', 'database.slow', 'mend.slow', values))
  for (const one of low) found.push(warn('database', 'database.low', 'mend.low', one))
  return found.length > 0 ? found : [fine('database', 'database.fine', values)]
}

function rightsFindings({ tables, schemas }: Pick<Server, 'tables' | 'schemas'>): Finding[] {
  if (tables && schemas) return [fine('rights', 'rights.fine')]
  return [fault('rights', tables ? 'rights.schemas' : 'rights.tables', 'mend.rights')]
}

async function migrationFinding(db: Asks): Promise<Finding> {
  const there = await migrationsOf(db)
  const known = Object.keys(migrations)
  const unknown = there.filter((name) => !known.includes(name))
  const names = unknown.join(', ')
  if (!unknown.every((name) => mayWorkOn(name))) {
    return fault('migrations', 'migrations.newer', 'mend.newer', { names })
  }
  if (unknown.length > 0) return warn('migrations', 'migrations.newer', 'mend.newerAdds', { names })
  const pending = known.filter((name) => !there.includes(name))
  if (there.length === 0) return fine('migrations', 'migrations.empty')
  if (pending.length === 0) return fine('migrations', 'migrations.fine', { last: there.at(-1) ?? '' })
  return warn('migrations', 'migrations.pending', 'mend.pending', {
    n: pending.length,
    names: pending.join(', '),
  })
}
