import { Migrator } from 'kysely'
import type { Db } from './database.ts'
import { migrations } from './migrations/index.ts'

/**
 * Brings the schema up to this version. Several processes may do it at once: the first one does, the others
 * wait for its lock.
 * @param to the last one, if it is not to be all: a database as an older version had it.
 * @returns the names of the migrations that were applied.
 * @throws when the database holds migrations that this version does not know.
 */
export async function migrate(db: Db, to?: string): Promise<string[]> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error, results = [] } = await (to ? migrator.migrateTo(to) : migrator.migrateToLatest())
  if (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`The database cannot be brought to this version of the program: ${reason}`)
  }
  return results.map((result) => result.migrationName)
}
