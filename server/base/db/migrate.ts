import { setTimeout as pause } from 'node:timers/promises'
import { type Migration, type MigrationResultSet, Migrator, type QueryExecutorProvider, sql } from 'kysely'
import { SECOND } from '../../../shared/base/time.ts'
import type { Db } from './database.ts'
import { sqlState } from './failure.ts'
import { type LargeIndex, migrations } from './migrations/index.ts'

/** So long a migration waits for a table that others use: whoever comes after it waits as long. Then it lets them pass. */
const LOCK_MS = SECOND
const AGAIN_MS = SECOND
const TRIES = 300
/** Another held the table for longer (lock_not_available), or each waited for the other (deadlock_detected). */
const IN_USE = new Set(['55P03', '40P01'])

export interface MigrateOptions {
  /** The last one, if it is not to be all: a database as an older version had it. */
  readonly to?: string | undefined
  /** Called each time that a table is in use for so long that others were let pass; it is tried again a second later. */
  readonly inUse?: () => void
  /**
   * Others may be at work on the database, and have not to wait until an index of a large table is made. Whoever says so is alone at
   * migrating it (`Connection.alone`), and in no transaction.
   */
  readonly besideOthers?: boolean
  /** Called each time that such an index is begun, by its name. */
  readonly indexing?: (name: string) => void
}

/**
 * Brings the schema up to this version. Several processes may do it at once: the first one does, the others
 * wait for its lock. Each migration is a transaction of its own, and processes of the version before may work meanwhile; in
 * an empty database all are one. Indexes of large tables are made before the transaction where others are at work.
 * @returns the names of the migrations that were applied.
 * @throws when the database holds a migration of a newer version that took away what this one uses; and when a table was
 *   in use for ten minutes.
 */
export async function migrate(db: Db, options: MigrateOptions = {}): Promise<string[]> {
  const { to, inUse = () => {}, besideOthers = false, indexing = () => {} } = options
  const executed = await executedMigrations(db)
  const newer = newerThan(executed)
  const gone = newer.filter((name) => !mayWorkOn(name))
  if (gone.length > 0) {
    throw new Error(`${FAILED}: a newer one has taken away what this one uses (${gone.join(', ')})`)
  }
  const provider = { getMigrations: async () => provided(newer) }
  const migrator = new Migrator({ db, provider })
  if (executed.length === 0 || to) {
    return patiently(() => (to ? migrator.migrateTo(to) : migrator.migrateToLatest()), inUse)
  }
  const applied: string[] = []
  for (const name of Object.keys(migrations).filter((one) => !executed.includes(one))) {
    const up = async () => {
      for (const index of besideOthers ? indexesOf(name) : []) await makeBesideOthers(db, index, indexing)
      return migrator.migrateUp()
    }
    applied.push(...(await patiently(up, inUse)))
  }
  return applied
}

/** Migrations of a newer version of the program that the database holds, and this version can work with. */
export async function newerMigrations(db: Db): Promise<string[]> {
  return newerThan(await executedMigrations(db))
}

/**
 * Whether this version works on a database that a newer one has migrated. A migration adds only, unless its name ends with
 * `_since_NNNN`: then it takes away what versions that know migration NNNN no longer use.
 * @param newest number and name of the last migration that the version knows.
 */
export function mayWorkOn(name: string, newest = Object.keys(migrations).sort().at(-1) ?? ''): boolean {
  const since = /_since_(\d{4})$/.exec(name)?.[1]
  return since === undefined || newest.slice(0, 4) >= since
}

const FAILED = 'The database cannot be brought to this version of the program'

const newerThan = (executed: readonly string[]) => executed.filter((name) => !Object.hasOwn(migrations, name))

async function executedMigrations(db: Db): Promise<string[]> {
  const { rows: tables } = await sql<{ found: boolean }>`
    select to_regclass('kysely_migration') is not null as found`.execute(db)
  if (!tables[0]?.found) return []
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
  return rows.map(({ name }) => name)
}

/**
 * All that are known by name, so that their order can be checked; those of this version wait for tables only briefly, and take as long
 * as they need: a large index that is given up at each start would keep the program from ever starting.
 */
function provided(newer: readonly string[]): Record<string, Migration> {
  const own = Object.entries(migrations).map(([name, { up }]): [string, Migration] => [
    name,
    {
      async up(db) {
        await sql`set local lock_timeout = ${sql.lit(LOCK_MS)}`.execute(db)
        await sql`set local statement_timeout = 0`.execute(db)
        await up?.(db)
        for (const index of indexesOf(name)) await makePlainly(db, index)
      },
    },
  ])
  return Object.fromEntries([...own, ...newer.map((name): [string, Migration] => [name, { async up() {} }])])
}

const indexesOf = (name: string): readonly LargeIndex[] => migrations[name]?.indexes ?? []

/** Whether an index is there, and whole: one that was being made beside others when that was broken off is of no use. */
async function isMade(db: QueryExecutorProvider, { name }: LargeIndex): Promise<boolean> {
  const { rows } = await sql<{ whole: boolean }>`
    select indisvalid as whole from pg_index where indexrelid = to_regclass(${name})`.execute(db)
  return rows[0]?.whole ?? false
}

/** Makes an index of a table that nobody else writes to, or that keeps whoever does waiting until it is there. */
async function makePlainly(db: QueryExecutorProvider, index: LargeIndex): Promise<void> {
  if (await isMade(db, index)) return
  await sql.raw(`drop index if exists ${index.name}; create index ${index.name} on ${index.on}`).execute(db)
}

/** Makes an index without keeping anybody waiting. It waits itself, however long: for all that began before it, as a backup. */
async function makeBesideOthers(db: Db, index: LargeIndex, indexing: (name: string) => void): Promise<void> {
  if (await isMade(db, index)) return
  indexing(index.name)
  await db.connection().execute(async (one) => {
    await sql.raw('set lock_timeout = 0; set statement_timeout = 0').execute(one)
    try {
      await sql.raw(`drop index concurrently if exists ${index.name}`).execute(one)
      await sql.raw(`create index concurrently ${index.name} on ${index.on}`).execute(one)
    } finally {
      await sql.raw('reset lock_timeout; reset statement_timeout').execute(one)
    }
  })
}

async function patiently(run: () => ReturnType<Migrator['migrateUp']>, inUse: () => void): Promise<string[]> {
  for (let attempt = 1; ; attempt++) {
    const { error, results = [] } = await run().catch((error: unknown): MigrationResultSet => ({ error }))
    if (!error) return results.map((result) => result.migrationName)
    if (attempt === TRIES || !IN_USE.has(sqlState(error) ?? '')) {
      throw new Error(`${FAILED}: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      })
    }
    inUse()
    await pause(AGAIN_MS)
  }
}
