import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import { SECOND } from '../../../../shared/base/time.ts'
import { zoneInForce } from '../../../../shared/base/zone.ts'
import { ThreadPool, wholeBytes } from '../../../base/threads/thread-pool.ts'
import { rulesInForce } from '../../verdicts/in-force.ts'
import type { PageOrder } from './page-read.ts'
import type { PageAnswer, Reader } from './reader.ts'
import type { ThreadOrder } from './thread.ts'

/** A page of a megabyte takes a tenth of a second; one that takes so long takes for ever. */
const LIMIT_MS = 5 * SECOND
/** A page of megabytes with all that stands on it takes a third of it. */
const MEMORY_MB = 128

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

/** Reads pages in threads of their own: what a page does to its reader is done to one thread, and to no other page. */
export class ReaderPool implements Reader {
  readonly size: number
  readonly #pool: ThreadPool<ThreadOrder, PageAnswer>

  constructor({ threads, log, limitMs = LIMIT_MS, program = PROGRAM }: PoolParts) {
    this.size = threads
    this.#pool = new ThreadPool({ program, threads, memoryMb: MEMORY_MB, limitMs, log, does: 'reads pages' })
  }

  read(order: PageOrder): Promise<PageAnswer> {
    const bytes = wholeBytes(order.bytes)
    const by = { zone: zoneInForce(), recentDays: rulesInForce().v2VetoDays }
    return this.#pool.run({ ...order, bytes, by }, [bytes.buffer])
  }

  close(): Promise<void> {
    return this.#pool.close()
  }
}
