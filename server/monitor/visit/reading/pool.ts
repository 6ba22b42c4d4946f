import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import { Piscina } from 'piscina'
import { SECOND } from '../../../../shared/base/time.ts'
import { zoneInForce } from '../../../../shared/base/zone.ts'
import { rulesInForce } from '../../verdicts/in-force.ts'
import type { PageOrder } from './page-read.ts'
import type { PageAnswer, Reader } from './reader.ts'
import type { ThreadOrder } from './thread.ts'

/** A page of a megabyte takes a tenth of a second; one that takes so long takes for ever. */
const LIMIT_MS = 5 * SECOND
/** A page of megabytes with all that stands on it takes a third of it. */
const MEMORY = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16 }

const IS_SOURCE = import.meta.url.endsWith('.ts')
const PROGRAM = fileURLToPath(new URL(IS_SOURCE ? './thread.ts' : './reader.js', import.meta.url))

/** As many threads as there are cores for, one being left to everything else. */
export const threadsHere = (): number => Math.max(1, availableParallelism() - 1)

export interface PoolParts {
  readonly threads: number
  readonly log: Pick<Logger, 'error'>
  /** A page that takes longer is given up, and its thread with it. */
  readonly limitMs?: number
  /** Another program for the threads: one that does what no page can be made to do. */
  readonly program?: string
}

/**
 * Reads pages in threads of their own: what a page does to its reader, be it that it throws, hangs or eats all memory,
 * is done to one thread, which is renewed, and to no other page.
 */
export class ReaderPool implements Reader {
  readonly size: number
  readonly #limitMs: number
  readonly #pool: Piscina<ThreadOrder, PageAnswer>
  #free: number
  /** Those who wait for a thread: so that nobody's time runs out before it has begun. */
  readonly #line: (() => void)[] = []

  constructor({ threads, log, limitMs = LIMIT_MS, program = PROGRAM }: PoolParts) {
    this.size = threads
    this.#free = threads
    this.#limitMs = limitMs
    this.#pool = new Piscina({
      filename: program,
      minThreads: threads,
      maxThreads: threads,
      resourceLimits: MEMORY,
      execArgv: IS_SOURCE ? ['--import', 'tsx'] : [],
      recordTiming: false,
    })
    // A thread that ends without a page: it is renewed.
    this.#pool.on('error', (error: unknown) => log.error({ err: error }, 'a thread that reads pages ended'))
  }

  async read(order: PageOrder): Promise<PageAnswer> {
    await this.#enter()
    try {
      return await this.#run(order)
    } finally {
      const next = this.#line.shift()
      if (next) next()
      else this.#free++
    }
  }

  close(): Promise<void> {
    return this.#pool.destroy()
  }

  async #enter(): Promise<void> {
    if (this.#free > 0) this.#free--
    else await new Promise<void>((resolve) => this.#line.push(resolve))
  }

  async #run(order: PageOrder): Promise<PageAnswer> {
    const bytes = whole(order.bytes)
    const late = new AbortController()
    const timer = setTimeout(() => late.abort(), this.#limitMs)
    try {
      const by = { zone: zoneInForce(), recentDays: rulesInForce().v2VetoDays }
      return await this.#pool.run(
        { ...order, bytes, by },
        { signal: late.signal, transferList: [bytes.buffer] },
      )
    } catch (error) {
      throw late.signal.aborted ? new Error(`not read within ${this.#limitMs} ms`) : error
    } finally {
      clearTimeout(timer)
    }
  }
}

/** Bytes that can be handed over: small ones share their memory with others. */
function whole(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes
  const isOwn = buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength
  return isOwn ? new Uint8Array(buffer) : new Uint8Array(bytes)
}
