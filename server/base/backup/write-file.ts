import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream, existsSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip, type Gzip } from 'node:zlib'
import type { End, Head } from './head.ts'
import { BackupRefusal } from './words.ts'

/** A third of the time of the usual level, and a tenth larger: the embedded database stands still meanwhile. */
const LEVEL = 2

/** What a backup is called until it is whole. */
export const partialOf = (file: string): string => `${file}.partial`

/**
 * Writes a backup: text, packed by gzip, under another name until it is whole and on the disk. Only its owner may read it.
 */
export class BackupFile {
  readonly #file: string
  readonly #gzip: Gzip
  readonly #flowing: Promise<void>
  readonly #hash = createHash('sha256')
  #rows = 0
  bytes = 0

  /** @throws BackupRefusal when there is a file of that name already */
  constructor(file: string) {
    if (existsSync(file)) throw new BackupRefusal('exists', { file })
    this.#file = file
    this.#gzip = createGzip({ level: LEVEL, chunkSize: 1 << 18 })
    this.#flowing = pipeline(this.#gzip, createWriteStream(partialOf(file), { mode: 0o600, flush: true }))
    // Whoever writes next hears of it.
    this.#flowing.catch(() => {})
  }

  head(head: Head): Promise<void> {
    return this.write(`${JSON.stringify(head)}\n`)
  }

  table(name: string): Promise<void> {
    return this.write(`${JSON.stringify({ table: name })}\n`)
  }

  /** After the rows of a table. */
  tableEnd(rows: number): Promise<void> {
    this.#rows += rows
    return this.write(`\\.\n${JSON.stringify({ rows })}\n`)
  }

  /** @throws what keeps the file from being written: a full disk, a folder that is not there */
  async write(part: Buffer | string): Promise<void> {
    this.#hash.update(part)
    this.bytes += part.length
    if (this.#gzip.destroyed) await this.#flowing
    if (!this.#gzip.write(part)) await Promise.race([once(this.#gzip, 'drain'), this.#flowing])
  }

  /** Ends it, and gives it its name. @returns how many rows it holds */
  async finish(): Promise<number> {
    const end: End = { end: true, rows: this.#rows, sha256: this.#hash.digest('hex') }
    this.#gzip.end(`${JSON.stringify(end)}\n`)
    await this.#flowing
    await rename(partialOf(this.#file), this.#file)
    const folder = await open(dirname(this.#file), 'r')
    await folder.sync().finally(() => folder.close())
    return this.#rows
  }

  /** Leaves nothing. */
  async abandon(): Promise<void> {
    this.#gzip.destroy()
    await this.#flowing.catch(() => {})
    await rm(partialOf(this.#file), { force: true })
  }
}
