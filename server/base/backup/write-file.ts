import { createHash } from 'node:crypto'
import { createWriteStream, existsSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { createGzip, type Gzip } from 'node:zlib'
import { SECOND } from '../../../shared/base/time.ts'
import type { End, Head } from './head.ts'
import { Room } from './stream/room.ts'
import { BackupRefusal } from './words.ts'

/** A third of the time of the usual level, and a tenth larger: the embedded database stands still meanwhile. */
const LEVEL = 2

/**
 * How long one piece may take to be written, and each of the steps by which a backup is whole and on the disk. The embedded database does nothing else while its rows are taken, so a disk or
 * a share that no longer answers is not waited for.
 */
const PATIENCE_MS = 60 * SECOND
/** What is left behind then is not waited for either. */
const ABANDON_MS = SECOND

/** What a backup is called until it is whole. */
export const partialOf = (file: string): string => `${file}.partial`

/**
 * Writes a backup: text, packed by gzip, under another name until it is whole and on the disk. Only its owner may read it.
 */
export class BackupFile {
  readonly #file: string
  readonly #gzip: Gzip
  readonly #flowing: Promise<void>
  readonly #room: Room
  readonly #patienceMs: number
  readonly #hash = createHash('sha256')
  #rows = 0
  bytes = 0

  /**
   * @param patienceMs for one piece, and for each step at the end
   * @throws BackupRefusal when there is a file of that name already
   */
  constructor(file: string, patienceMs = PATIENCE_MS) {
    if (existsSync(file)) throw new BackupRefusal('exists', { file })
    this.#file = file
    this.#gzip = createGzip({ level: LEVEL, chunkSize: 1 << 18 })
    this.#flowing = pipeline(this.#gzip, createWriteStream(partialOf(file), { mode: 0o600, flush: true }))
    // What it fails by is heard of by whoever writes next.
    this.#room = new Room(this.#gzip, this.#flowing)
    this.#patienceMs = patienceMs
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

  /** @throws what keeps the file from being written: a full disk, a folder that is not there, one that does not answer */
  async write(part: Buffer | string): Promise<void> {
    this.#hash.update(part)
    this.bytes += part.length
    if (this.#gzip.destroyed) await this.#flowing
    if (!this.#gzip.write(part)) await this.#room.wait({ ms: this.#patienceMs, late: () => this.#late() })
  }

  /**
   * Ends it, and gives it its name: what bears that is taken for a backup.
   * @param check reads what is on the disk by then under its other name; what it throws leaves it there
   * @returns how many rows it holds
   * @throws what keeps the file from being written, as `write` does, and what `check` throws
   */
  async finish(check?: (partial: string) => Promise<unknown>): Promise<number> {
    const end: End = { end: true, rows: this.#rows, sha256: this.#hash.digest('hex') }
    this.#gzip.end(`${JSON.stringify(end)}\n`)
    await this.#inTime(this.#flowing)
    await check?.(partialOf(this.#file))
    await this.#inTime(rename(partialOf(this.#file), this.#file))
    await this.#inTime(syncFolder(dirname(this.#file)))
    return this.#rows
  }

  async #inTime(step: Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(this.#late()), this.#patienceMs)
    })
    await Promise.race([step, late]).finally(() => clearTimeout(timer))
  }

  #late(): BackupRefusal {
    return new BackupRefusal('targetHangs', {
      file: partialOf(this.#file),
      seconds: Math.round(this.#patienceMs / SECOND),
    })
  }

  /** Leaves nothing, where the target still answers. */
  async abandon(): Promise<void> {
    this.#gzip.destroy()
    const cleared = this.#flowing.catch(() => {}).then(() => rm(partialOf(this.#file), { force: true }))
    await Promise.race([cleared, pause(ABANDON_MS, undefined, { ref: false })])
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  await folder.sync().finally(() => folder.close())
}
