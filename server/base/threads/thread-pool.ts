import { setFlagsFromString } from 'node:v8'
import type { Logger } from 'pino'
import { Piscina } from 'piscina'

const MB = 1024 * 1024
/** What unpacks takes a gigabyte in a second. */
const WATCH_MS = 50
const IS_SOURCE = import.meta.url.endsWith('.ts')

export interface ThreadPoolParts {
  /** The program of the threads, whose default export does one order. */
  readonly program: string
  readonly threads: number
  /** MB that the living objects of one thread may take; one that takes more is ended. */
  readonly memoryMb: number
  /**
   * MB by which the whole process may grow while one order is done; without it, any. What is unpacked lies outside the living
   * objects of a thread, where no limit of its own reaches.
   */
  readonly growthMb?: number
  /** What takes longer is given up, and its thread with it. */
  readonly limitMs: number
  readonly log: Pick<Logger, 'error'>
  /** What the threads do, for the log: `reads pages`. */
  readonly does: string
  /** Threads that have had nothing to do for so long are ended; without it they stay. */
  readonly idleMs?: number
}

/**
 * Does work on what comes from strangers in threads of their own: what it does to whoever works on it, be it that it throws,
 * hangs or eats all memory, is done to one thread, which is renewed, and to no other work.
 */
export class ThreadPool<Order, Answer> {
  readonly size: number
  readonly #parts: ThreadPoolParts
  #pool: Piscina<Order, Answer> | null = null
  #free: number
  /** Those who wait for a thread: so that nobody's time runs out before it has begun. */
  readonly #line: (() => void)[] = []

  constructor(parts: ThreadPoolParts) {
    this.#parts = parts
    this.size = parts.threads
    this.#free = parts.threads
    if (parts.idleMs === undefined) this.#pool = this.#start()
  }

  /**
   * Has an order done by the next thread that is free.
   * @param transfer memory that is handed over with it.
   * @param limitMs another limit than that of the pool.
   * @throws where it could not be done, whatever the reason: it is no fault of any other.
   */
  async run(order: Order, transfer: readonly ArrayBuffer[], limitMs?: number): Promise<Answer> {
    await this.#enter()
    try {
      return await this.#run(order, transfer, limitMs ?? this.#parts.limitMs)
    } finally {
      const next = this.#line.shift()
      if (next) next()
      else this.#free++
    }
  }

  /** What is being done is given up. */
  async close(): Promise<void> {
    await this.#pool?.destroy()
  }

  #start(): Piscina<Order, Answer> {
    const { program, threads, memoryMb, log, does, idleMs } = this.#parts
    // What the command line says of the main thread's young objects would count in place of what is said below.
    setFlagsFromString('--max-semi-space-size=0')
    const pool = new Piscina<Order, Answer>({
      filename: program,
      minThreads: idleMs === undefined ? threads : 0,
      maxThreads: threads,
      ...(idleMs !== undefined && { idleTimeout: idleMs }),
      resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 6 },
      execArgv: IS_SOURCE ? ['--import', 'tsx'] : [],
      recordTiming: false,
    })
    // A thread that ends without an answer: it is renewed.
    pool.on('error', (error: unknown) => log.error({ err: error }, `a thread that ${does} ended`))
    return pool
  }

  async #enter(): Promise<void> {
    if (this.#free > 0) this.#free--
    else await new Promise<void>((resolve) => this.#line.push(resolve))
  }

  async #run(order: Order, transfer: readonly ArrayBuffer[], limitMs: number): Promise<Answer> {
    this.#pool ??= this.#start()
    const over = new AbortController()
    const timer = setTimeout(() => over.abort(new Error(`not done within ${limitMs} ms`)), limitMs)
    const watch = this.#watchGrowth(over)
    try {
      return await this.#pool.run(order, { signal: over.signal, transferList: [...transfer] })
    } catch (error) {
      throw over.signal.aborted ? over.signal.reason : error
    } finally {
      clearTimeout(timer)
      clearInterval(watch)
    }
  }

  #watchGrowth(over: AbortController): NodeJS.Timeout | undefined {
    const { growthMb } = this.#parts
    if (growthMb === undefined) return undefined
    const most = process.memoryUsage.rss() + growthMb * MB
    return setInterval(() => {
      if (process.memoryUsage.rss() > most) over.abort(new Error(`took more than ${growthMb} MB`))
    }, WATCH_MS)
  }
}

/** Bytes that can be handed over: small ones share their memory with others. */
export function wholeBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes
  const isOwn = buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength
  return isOwn ? new Uint8Array(buffer) : new Uint8Array(bytes)
}
