import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import type { Database, Db } from '../db/database.ts'
import type { Asks } from './catalog.ts'

/**
 * Kysely on a session that is in a transaction already, which stays the only one: what begins one of its own, as migrations do,
 * is a part of it.
 */
export function inOneTransaction(session: Asks): Db {
  const connection: DatabaseConnection = {
    async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
      const { rows } = await session.query<R>(sql, [...parameters])
      return { rows }
    },
    // biome-ignore lint/correctness/useYield: nothing here reads row by row
    async *streamQuery() {
      throw new Error('rows are not streamed here')
    },
  }
  const run = async (text: string) => {
    await connection.executeQuery(CompiledQuery.raw(text))
  }
  const driver: Driver = {
    init: async () => {},
    acquireConnection: async () => connection,
    beginTransaction: () => run('savepoint within'),
    commitTransaction: () => run('release savepoint within'),
    rollbackTransaction: () => run('rollback to savepoint within'),
    releaseConnection: async () => {},
    destroy: async () => {},
  }
  const dialect: Dialect = {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => driver,
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  }
  return new Kysely<Database>({ dialect })
}
