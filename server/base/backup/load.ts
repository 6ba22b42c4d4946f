import PgBoss from 'pg-boss'
import { migrate } from '../db/migrate.ts'
import { migrations } from '../db/migrations/index.ts'
import { type ForeignKey, foreignKeysOf, JOBS, partitionsOf, tablesOf, triggeredTables } from './catalog.ts'
import { quoted } from './dump.ts'
import type { Head, TableHead } from './head.ts'
import { inOneTransaction } from './one-transaction.ts'
import { readBackup } from './read-file.ts'
import type { Copying, Session } from './session.ts'
import { BackupRefusal } from './words.ts'

/** What a restore came to. */
export interface Loaded {
  readonly head: Head
  readonly rows: number
  /** Migrations that the backup did not have. */
  readonly applied: readonly string[]
  /** Whether what waited in the background is there again: that of another version of its tables is not. */
  readonly withJobs: boolean
  /** Why what the database knows of its tables was not reckoned anew, so that it is slow at first; null where it was. */
  readonly unanalyzed: string | null
}

/**
 * Whether this program can read what the backup is of.
 * @throws BackupRefusal when a newer program made it
 */
export function refuseNewer({ migrations: made, program }: Head): void {
  const known = Object.keys(migrations)
  const unknown = made.filter((name) => !known.includes(name))
  if (unknown.length > 0) throw new BackupRefusal('newer', { program, names: unknown.join(', ') })
}

/**
 * Fills an empty database from a backup, in one transaction: it is as it was, or as it is in the backup and brought to
 * this version.
 * @param empty makes room first, in the same transaction
 * @throws BackupRefusal, or what the database refuses
 */
export async function load(session: Session, file: string, empty?: () => Promise<void>): Promise<Loaded> {
  await session.exec('begin')
  let loaded: Restoring
  try {
    await empty?.()
    loaded = await loadAll(session, file)
    await session.exec('commit')
  } catch (error) {
    await session.exec('rollback').catch(() => {})
    throw error
  }
  return { ...loaded, unanalyzed: await analyze(session) }
}

/** What is restored stands by now, whatever comes of this. @returns what it failed by; null when it is done */
async function analyze(session: Session): Promise<string | null> {
  try {
    await session.exec('set statement_timeout = 0')
    await session.exec('analyze')
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

type Restoring = Omit<Loaded, 'unanalyzed'>

async function loadAll(session: Session, file: string): Promise<Restoring> {
  const db = inOneTransaction(session)
  let shape: Shape | null = null
  let rows = 0
  let current: { name: string; copying: Copying | null } | null = null
  for await (const part of readBackup(file)) {
    if (part.kind === 'head') {
      await migrate(db, { to: part.head.migrations.at(-1) })
      shape = await shapeFor(session, part.head)
    } else if (shape === null) throw new BackupRefusal('noBackup', { file })
    else if (part.kind === 'table') {
      current = { name: part.name, copying: await copyingOf(session, shape, part.name) }
    } else if (part.kind === 'rows') await current?.copying?.write(part.lines)
    else if (part.kind === 'tableEnd' && current?.copying) {
      const came = await current.copying.end()
      if (came !== part.rows) throw new BackupRefusal('damaged', { file })
      rows += came
    }
  }
  if (shape === null) throw new BackupRefusal('noBackup', { file })
  await finish(session, shape)
  return { head: shape.head, rows, applied: await migrate(db), withJobs: shape.withJobs }
}

/** The empty schema that a backup goes into, and what was taken from it for so long. */
interface Shape {
  readonly head: Head
  readonly keys: readonly ForeignKey[]
  readonly triggered: readonly string[]
  readonly withJobs: boolean
}

async function shapeFor(session: Session, head: Head): Promise<Shape> {
  const there = await tablesOf(session)
  const missing = head.tables.find(({ name }) => name !== JOBS && !there.some((one) => one.name === name))
  if (missing) throw new BackupRefusal('noTable', { name: missing.name })
  const [keys, triggered] = [await foreignKeysOf(session), await triggeredTables(session)]
  // Rows come table by table, and as they were: nothing follows from their coming.
  for (const { table, name } of keys)
    await session.exec(`alter table ${table} drop constraint ${quoted(name)}`)
  for (const table of triggered) await session.exec(`alter table ${table} disable trigger user`)
  // Migrations have put some there, as into any new database.
  await session.exec(`truncate ${there.map(({ name }) => quoted(name)).join(', ')}`)
  await makePartitions(session, head)
  return { head, keys, triggered, withJobs: await makeQueues(session, head) }
}

async function makePartitions(session: Session, head: Head): Promise<void> {
  const there = new Set((await partitionsOf(session)).map(({ name }) => name))
  for (const { of, name, bound, options } of head.partitions) {
    if (there.has(name)) continue
    const how = options.length > 0 ? `with (${options.join(', ')})` : ''
    await session.exec(`create table ${quoted(name)} partition of ${quoted(of)} ${bound} ${how}`)
  }
}

/** Makes the tables of background work, each queue of which is one. @returns whether they are of the backup's version */
async function makeQueues(session: Session, { jobs, queues }: Head): Promise<boolean> {
  if (jobs === null) return true
  const plan = PgBoss.getConstructionPlans()
    .replace(/^\s*begin;/i, '')
    .replace(/commit;\s*$/i, '')
  await session.exec(plan)
  const { rows } = await session.query<{ version: number }>('select version from pgboss.version')
  if (rows[0]?.version !== jobs) return false
  for (const { name, options } of queues) {
    await session.query('select pgboss.create_queue($1, $2::json)', [name, JSON.stringify(options)])
  }
  return true
}

async function copyingOf(session: Session, { head, withJobs }: Shape, name: string): Promise<Copying | null> {
  const table: TableHead | undefined = head.tables.find((one) => one.name === name)
  if (!table) throw new BackupRefusal('noTable', { name })
  if (name === JOBS && !withJobs) return null
  return session.copy(`copy ${quoted(name)} (${table.columns.map(quoted).join(', ')})`)
}

async function finish(session: Session, { head, keys, triggered }: Shape): Promise<void> {
  for (const { name, last } of head.sequences) {
    await session.query('select setval($1::regclass, $2)', [quoted(name), last])
  }
  for (const table of triggered) await session.exec(`alter table ${table} enable trigger user`)
  for (const { table, name, definition } of keys) {
    await session.exec(`alter table ${table} add constraint ${quoted(name)} ${definition}`)
  }
}
