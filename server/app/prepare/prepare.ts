import { readdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { connect } from '../../base/db/connect.ts'
import { keepPrepared, PREPARED } from '../../base/db/embedded/prepared.ts'
import { migrate } from '../../base/db/migrate.ts'
import { makeQueues } from '../../base/jobs.ts'
import { ensurePlaces } from '../../register/divisions/seed.ts'
// The queues are those of the nouns.
import '../modules.ts'

/**
 * The end of a build: makes the embedded database that a first start copies.
 * @returns the exit code. Where that database could not be made, all works on, and a first start takes longer.
 */
export async function main(): Promise<number> {
  const dataDir = `${PREPARED}.made.${process.pid}`
  try {
    dropLeft()
    const connection = await connect({ databaseUrl: undefined, dataDir })
    try {
      await migrate(connection.patient)
      await ensurePlaces(connection.db)
      const query = (text: string, values: unknown[]) => connection.pool.query(text, values)
      await makeQueues({ query, alone: connection.alone })
      // What was changed while it was made is read through once, here and not at each first start.
      await connection.pool.query('vacuum freeze analyze')
      await connection.pool.query('checkpoint')
    } finally {
      await connection.close()
    }
    keepPrepared(dataDir)
    return 0
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    process.stderr.write(
      `The embedded database could not be prepared (${why}); the first start makes it, and takes longer.\n`,
    )
    return 1
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** What builds have left that were cut off. */
function dropLeft(): void {
  const [folder, name] = [dirname(PREPARED), basename(PREPARED)]
  for (const one of readdirSync(folder))
    if (one.startsWith(`${name}.made.`)) rmSync(join(folder, one), { recursive: true, force: true })
}
