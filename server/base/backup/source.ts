import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import pg from 'pg'
import { connect } from '../db/connect.ts'
import { otherOwner, socketOf } from '../db/embedded/lock.ts'
import { embeddedFolder, restoredFolder } from '../db/embedded/restored.ts'
import { BackupRefusal } from './words.ts'

/** Where a database is, as the configuration says it. */
export interface Place {
  readonly databaseUrl: string | undefined
  readonly dataDir: string
}

/** An open connection that is ended when all is read, or broken off. */
export interface Source {
  readonly client: pg.ClientBase
  close(): Promise<void>
}

/**
 * Opens the database that is to be backed up. An embedded one may be in use: then it is that of the running product.
 * @throws BackupRefusal when there is no embedded database, or it is another user's; and what the connection fails by
 */
export async function openSource({ databaseUrl, dataDir }: Place): Promise<Source> {
  if (databaseUrl) return opened(new pg.Client({ connectionString: databaseUrl, ...OPTIONS }))
  refuseOthers(dataDir)
  if (![embeddedFolder, restoredFolder].some((folder) => existsSync(folder(dataDir))))
    throw new BackupRefusal('noEmbedded', { folder: resolve(dataDir) })
  const host = socketOf(resolve(dataDir))
  const running =
    host === null
      ? null
      : await opened(new pg.Client({ host, user: 'postgres', database: 'postgres', ...OPTIONS })).catch(
          notThere,
        )
  if (running) return running
  const connection = await connect({ databaseUrl, dataDir })
  const client = await connection.pool.connect()
  return {
    client,
    async close() {
      client.release(true)
      await connection.close()
    },
  }
}

/**
 * Before anything of an embedded database is opened.
 * @throws BackupRefusal when it belongs to another user
 */
export function refuseOthers(dataDir: string): void {
  const owner = otherOwner(dataDir)
  if (owner !== null) throw new BackupRefusal('otherOwner', { folder: resolve(dataDir), owner })
}

const OPTIONS = { application_name: 'siteward backup', connectionTimeoutMillis: 10_000 }

async function opened(client: pg.Client): Promise<Source> {
  // Said by the query that is under way.
  client.on('error', () => {})
  await client.connect()
  return { client, close: () => client.end() }
}

function notThere(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') return null
  throw error
}
