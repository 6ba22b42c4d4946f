import { existsSync, renameSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The embedded database's own folder in the data directory. */
export const embeddedFolder = (dataDir: string): string => join(resolve(dataDir), 'pgdata')
/** Where one is that has been restored whole, for the moment until it takes the place of the one before. */
export const restoredFolder = (dataDir: string): string => join(resolve(dataDir), 'pgdata.restored')

/**
 * Puts a restored database in its place, if there is one and the place is free: whoever restored it may have been cut off
 * between moving the old one away and this. Call with the lock of the data directory.
 */
export function finishRestore(dataDir: string): void {
  const [restored, folder] = [restoredFolder(dataDir), embeddedFolder(dataDir)]
  if (existsSync(restored) && !existsSync(folder)) renameSync(restored, folder)
}
