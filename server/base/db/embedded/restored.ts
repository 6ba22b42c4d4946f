import { existsSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The embedded database's own folder in the data directory. */
export const embeddedFolder = (dataDir: string): string => join(resolve(dataDir), 'pgdata')
/** Where one is that has been restored whole, for the moment until it takes the place of the one before. */
export const restoredFolder = (dataDir: string): string => join(resolve(dataDir), 'pgdata.restored')

/**
 * Ends a restore that was cut off. Once the old database was moved away, the restored one is put in its place; before that,
 * what was there stays, and the restored one goes: nobody was told that it was restored, and it must not come up later,
 * when the place is free for another reason. Call with the lock of the data directory.
 */
export function finishRestore(dataDir: string): void {
  const [restored, folder] = [restoredFolder(dataDir), embeddedFolder(dataDir)]
  if (existsSync(folder)) rmSync(restored, { recursive: true, force: true })
  else if (existsSync(restored)) renameSync(restored, folder)
}
