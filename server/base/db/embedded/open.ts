import { mkdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'
import { releaseLock, takeLock } from './lock.ts'
import { layPrepared, PREPARED } from './prepared.ts'
import { embeddedFolder, finishRestore } from './restored.ts'
import { dropSocketFolder, takeSocketFolder } from './socket-folder.ts'

/**
 * Pages of the database that it keeps; it brings 128 MB, filled within minutes. What is no longer among them the system still has in
 * its cache of files.
 */
const SHARED_BUFFERS = '32MB'

/**
 * Opens the embedded database of a data directory and listens at a socket file, in a folder that is made for it.
 * @param prepared what a first start begins with, as the build has made it.
 * @returns what closes it: all that was acknowledged is stored, and nothing is left behind.
 * @throws with a sentence when another process has the directory, or it is another user's.
 */
export async function openEmbedded(
  dataDir: string,
  path: string,
  prepared = PREPARED,
): Promise<() => Promise<void>> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  takeLock(dataDir, dirname(path))
  takeSocketFolder(dirname(path))
  finishRestore(dataDir)
  const isCopy = layPrepared(dataDir, prepared)
  const db = await open(dataDir).catch((error: unknown) => {
    if (!isCopy) throw error
    // Whatever became of the prepared one on its way here: nothing is stored in its copy yet.
    rmSync(embeddedFolder(dataDir), { recursive: true })
    return open(dataDir)
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

const open = (dataDir: string): Promise<PGlite> =>
  PGlite.create(embeddedFolder(dataDir), {
    startParams: [...PGlite.defaultStartParams, '-c', `shared_buffers=${SHARED_BUFFERS}`],
  })
