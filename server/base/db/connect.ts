import { join, resolve } from 'node:path'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { endProgram, firstMessage, spawnProgram } from '../spawn.ts'
import type { Database, Db } from './database.ts'
import { dropSocketFolder, socketFolder } from './embedded/socket-folder.ts'
import { KEEP_ALIVE } from './line/keep-alive.ts'
import { watchForSilence } from './line/silence.ts'
import { type Alone, aloneAt } from './start-turn.ts'
import { StorableClient } from './storable.ts'

// Counts and sequence numbers stay far below 2^53, so bigint is a number everywhere; dates stay text.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number)

/** An open database. */
export interface Connection {
  readonly db: Db
  readonly pool: pg.Pool
  /** The same without a limit of time, for what changes tables. */
  readonly patient: Db
  /** Makes what may be done by one process at a time wait for its turn. */
  readonly alone: Alone
  /** Has a connection of one's own to this database be given up, as those of the pool are, when its line is silent. */
  watch(client: pg.Client): void
  readonly embedded: boolean
  /** Process id of the embedded database, for measuring. */
  readonly pid: number | null
  /** Resolves with the reason when the embedded database ends by itself. */
  readonly lost: Promise<string>
  close(): Promise<void>
}

/** Connects to `databaseUrl`, or starts the embedded database in `dataDir` and connects to that. */
export function connect(options: { databaseUrl: string | undefined; dataDir: string }): Promise<Connection> {
  return options.databaseUrl ? connectTo(options.databaseUrl) : startEmbedded(options.dataDir)
}

/**
 * No statement holds a connection for ever, and no transaction that is forgotten holds its locks. What takes longer on
 * purpose says so (`unhurried`). They are the server's, which a line that carries nothing does not let through: that is
 * noticed by `watchForSilence`.
 */
const LIMITS = {
  statement_timeout: 30_000,
  lock_timeout: 20_000,
  idle_in_transaction_session_timeout: 60_000,
} as const

async function connectTo(connectionString: string): Promise<Connection> {
  const silence = watchForSilence(connectionString)
  const shared = { connectionString, connectionTimeoutMillis: 5_000, ...KEEP_ALIVE }
  const pool = makePool({ ...shared, ...LIMITS, max: 12 })
  const patient = opened(makePool({ ...shared, max: 1 }))
  for (const each of [pool, patient.pool]) each.on('connect', silence.add)
  return {
    ...opened(pool),
    patient: patient.db,
    alone: aloneAt(connectionString, silence.add),
    watch: silence.add,
    embedded: false,
    pid: null,
    lost: new Promise(() => {}),
    async close() {
      await Promise.all([pool.end(), patient.pool.end()])
      silence.stop()
    },
  }
}

/** An embedded database that was started. */
interface Started {
  /** Process id, for measuring. */
  readonly pid: number | null
  /** Resolves with the reason when it ends by itself. */
  readonly lost: Promise<string>
  end(): Promise<void>
}
/** Starts the embedded database of a data directory, which listens at a socket file from then on. */
export type StartEmbedded = (dataDir: string, socket: string) => Promise<Started>

let start: StartEmbedded = startProcess

/** Has embedded databases be started in another way than in a process for each, which is what the product does. */
export function startEmbeddedBy(way: StartEmbedded): void {
  start = way
}

/** Rows pass through its young objects, whose room would grow to 32 MB; half of what others need of it is enough for them. */
const YOUNG = '--max-semi-space-size=2'

async function startProcess(dataDir: string, socket: string): Promise<Started> {
  const child = spawnProgram('embedded', { EMBEDDED_DATA: dataDir, EMBEDDED_SOCKET: socket }, [YOUNG])
  let isClosing = false
  const lost = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => {
      if (!isClosing) resolve(`the embedded database ended (${signal ?? `code ${code}`})`)
    })
  })
  await firstMessage(child)
  return {
    pid: child.pid ?? null,
    lost,
    end() {
      isClosing = true
      return endProgram(child)
    },
  }
}

async function startEmbedded(dataDir: string): Promise<Connection> {
  // A socket file in a folder that only this user may enter: no port to take, no password to keep.
  const folder = socketFolder(resolve(dataDir))
  const { pid, lost, end } = await start(resolve(dataDir), join(folder, '.s.PGSQL.5432'))
  // One connection: all connections to PGlite share one session, and with it the unnamed prepared statement, which
  // two of them at once would take from each other. It runs one query at a time anyway.
  const pool = makePool({ host: folder, user: 'postgres', database: 'postgres', max: 1 })
  const { db } = opened(pool)
  return {
    ...{ db, pool, pid, lost, patient: db, embedded: true },
    alone: (work) => work(),
    watch() {},
    async close() {
      await pool.end()
      await end()
      // Where it was killed, it could not do that itself.
      dropSocketFolder(folder)
    },
  }
}

function makePool(options: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({ ...options, application_name: 'siteward', Client: StorableClient })
  // A connection that breaks while idle is replaced by the pool; whoever needs one hears of it then. One that breaks
  // between two statements of somebody's transaction is told by the next: without a listener it would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

function opened(pool: pg.Pool): { db: Db; pool: pg.Pool } {
  return { pool, db: new Kysely<Database>({ dialect: new PostgresDialect({ pool }) }) }
}
