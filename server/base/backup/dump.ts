import type { Readable } from 'node:stream'
import { isDeepStrictEqual } from 'node:util'
import type pg from 'pg'
import { to } from 'pg-copy-streams'
import manifest from '../../../package.json' with { type: 'json' }
import { systemClock } from '../clock.ts'
import { JOBS, jobsOf, migrationsOf, partitionsOf, queuesOf, sequencesOf, tablesOf } from './catalog.ts'
import { FORMAT, type Head, type TableHead } from './head.ts'
import { checkBackup } from './read-file.ts'
import { BackupRefusal } from './words.ts'
import { BackupFile } from './write-file.ts'

/** What a backup came to. */
export interface Dumped {
  readonly head: Head
  readonly rows: number
  /** Unpacked. */
  readonly bytes: number
}

/** How values are written, whatever the session has been told; and nobody is hurried. */
const SETTINGS = {
  datestyle: 'ISO',
  intervalstyle: 'postgres',
  timezone: 'UTC',
  bytea_output: 'hex',
  extra_float_digits: '3',
  statement_timeout: '0',
  idle_in_transaction_session_timeout: '0',
  /** For tables that are being changed just now. */
  lock_timeout: '60s',
}

/** A name of the catalogue, with its schema or without, as SQL. */
export const quoted = (name: string): string =>
  name
    .split('.')
    .map((part) => `"${part}"`)
    .join('.')

/**
 * Writes everything that the database holds at one moment to a new file. People and the monitor go on working meanwhile;
 * days of visits are packed or dropped afterwards.
 * @throws BackupRefusal when there is nothing to back up, the file is there already, the tables are being changed, or what
 * was written cannot be read back whole
 */
export async function dump(
  client: pg.ClientBase,
  file: string,
  at = new Date(systemClock.now()),
): Promise<Dumped> {
  const tables = await allTables(client)
  if ((await migrationsOf(client)).length === 0) throw new BackupRefusal('nothingThere')
  const target = new BackupFile(file)
  try {
    await client.query('begin isolation level repeatable read read only')
    for (const [name, value] of Object.entries(SETTINGS)) {
      await client.query(`set local ${name} = '${value}'`)
    }
    // Before anything is read: what is dropped is gone for everybody, whichever moment they look at.
    await client.query(`lock table ${tables.map(({ name }) => quoted(name)).join(', ')} in access share mode`)
    const head = await headOf(client, tables, at)
    if (!isDeepStrictEqual(await allTables(client), tables)) throw new BackupRefusal('changing')
    await target.head(head)
    for (const table of tables) await dumpTable(client, target, table)
    await client.query('commit')
    // What is on the disk is what counts.
    return { head, rows: await target.finish(checkBackup), bytes: target.bytes }
  } catch (error) {
    await target.abandon()
    throw error
  }
}

const allTables = async (client: pg.ClientBase): Promise<TableHead[]> => [
  ...(await tablesOf(client)),
  ...(await jobsOf(client)),
]

async function headOf(client: pg.ClientBase, tables: readonly TableHead[], at: Date): Promise<Head> {
  return {
    siteward: 'backup',
    format: FORMAT,
    at: at.toISOString(),
    program: manifest.version,
    migrations: await migrationsOf(client),
    ...(await queuesOf(client)),
    tables: [...tables],
    partitions: await partitionsOf(client),
    sequences: await sequencesOf(client),
  }
}

async function dumpTable(
  client: pg.ClientBase,
  target: BackupFile,
  { name, columns }: TableHead,
): Promise<void> {
  await target.table(name)
  const waiting = name === JOBS ? `where state in ('created', 'retry', 'active')` : ''
  const list = columns.map(quoted).join(', ')
  const rows = client.query(to(`copy (select ${list} from ${quoted(name)} ${waiting}) to stdout`))
  for await (const lines of rows as Readable) await target.write(lines as Buffer)
  await target.tableEnd(rows.rowCount)
}
