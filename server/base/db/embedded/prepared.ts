import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { embeddedFolder } from './restored.ts'

/**
 * An embedded database with nothing in it but its tables, the divisions of China and the queues of background work, made once by the
 * build. A first start copies it, which takes a fraction of a second, where making one takes seven. Nothing in it is anybody's own.
 */
export const PREPARED = fileURLToPath(new URL('./prepared', import.meta.url))

/** Where the copy is until it is whole. */
const copyFolder = (dataDir: string) => `${embeddedFolder(dataDir)}.copied`

/**
 * Where a data directory has no database yet, lays a copy of the prepared one there. Where that cannot be, as there is none or the disk
 * is full, it leaves nothing: whoever opens the database makes one then, and says what is in its way. Call with the lock of the data
 * directory.
 * @returns whether a copy was laid
 */
export function layPrepared(dataDir: string, prepared = PREPARED): boolean {
  const copy = copyFolder(dataDir)
  // What a start has left that was cut off.
  rmSync(copy, { recursive: true, force: true })
  if (existsSync(embeddedFolder(dataDir)) || !existsSync(prepared)) return false
  try {
    copyForOne(prepared, copy)
    renameSync(copy, embeddedFolder(dataDir))
    return true
  } catch {
    rmSync(copy, { recursive: true, force: true })
    return false
  }
}

/** The prepared one is for everybody to read and may be for nobody to write; a copy is its owner's alone. */
function copyForOne(from: string, to: string): void {
  mkdirSync(to, { mode: 0o700 })
  for (const one of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, one.name), join(to, one.name)]
    if (one.isDirectory()) copyForOne(source, target)
    else if (one.isFile()) {
      copyFileSync(source, target)
      chmodSync(target, 0o600)
    } else throw new Error(`${source} is neither a file nor a folder`)
  }
}

/**
 * Has the closed database of a data directory be the prepared one from now on; it is gone from there then. Who builds may be another
 * user than who runs the product.
 */
export function keepPrepared(dataDir: string, prepared = PREPARED): void {
  const made = embeddedFolder(dataDir)
  for (const name of ['.', ...readdirSync(made, { recursive: true, encoding: 'utf8' })]) {
    const path = join(made, name)
    chmodSync(path, statSync(path).isDirectory() ? 0o755 : 0o644)
  }
  rmSync(prepared, { recursive: true, force: true })
  renameSync(made, prepared)
}
