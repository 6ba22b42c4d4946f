import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Where the embedded database of a data directory listens: always the same folder, so that a process that is killed
 * leaves nothing behind that the next one does not take over. Not in the data directory, whose path may be too long for a
 * socket.
 */
export function socketFolder(dataDir: string): string {
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16)
  return join(tmpdir(), `siteward-${process.getuid?.() ?? ''}-${name}`)
}

/**
 * Makes the folder, which only this user may enter. Call with the lock of the data directory, which keeps a second
 * database out.
 * @throws when somebody else has made it.
 */
export function takeSocketFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { mode: 0o700 })
  const { uid, mode } = lstatSync(folder)
  if ((process.getuid && uid !== process.getuid()) || (mode & 0o077) !== 0) {
    throw new Error(`The folder ${folder} is open to others.`)
  }
}

export function dropSocketFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
}
