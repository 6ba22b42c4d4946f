import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'
import { releaseLock, takeLock } from './lock.ts'
import { layPrepared } from './prepared.ts'
import { finishRestore } from './restored.ts'
import { dropSocketFolder, takeSocketFolder } from './socket-folder.ts'

/**
 * Pages of the database that it keeps; it brings 128 MB, filled within minutes. What is no longer among them the system still has in
 * its cache of files.
 */
const SHARED_BUFFERS = '32MB'

/**
 * Opens the embedded database of a data directory and listens at a socket file, in a folder that is made for it.
 * @returns what closes it: all that was acknowledged is stored, and nothing is left behind.
 * @throws with a sentence when another process has the directory, or it is another user's.
 */
export async function openEmbedded(dataDir: string, path: string): Promise<() => Promise<void>> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  takeLock(dataDir, dirname(path))
  takeSocketFolder(dirname(path))
  finishRestore(dataDir)
  layPrepared(dataDir)
  const db = await PGlite.create(`${dataDir}/pgdata`, {
    startParams: [...PGlite.defaultStartParams, '-c', `shared_buffers=${SHARED_BUFFERS}`],
  })
  const server = new PGLiteSocketServer({ db, path, maxConnections: 40 })
  await server.start()
  return async () => {
    await server.stop()
    await db.close()
    dropSocketFolder(dirname(path))
    releaseLock(dataDir)
  }
}
