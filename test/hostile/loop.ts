import { closeSync, openSync, readSync } from 'node:fs'

const TICK_MS = 2

export interface LongestBlock {
  /** By the clock: what anybody waited, this machine's other work included. Milliseconds. */
  wallMs: number
  /** What this thread really worked without letting anybody else in; NaN where the kernel does not tell. Milliseconds. */
  cpuMs: number
}

/** Watches the event loop of this thread: the longest time between two turns. */
export class LoopWatch {
  readonly longest: LongestBlock = { wallMs: 0, cpuMs: 0 }
  readonly #buffer = Buffer.alloc(64)
  #file: number | null = null
  #timer: NodeJS.Timeout
  #wallMs = performance.now()
  #cpuMs: number

  constructor() {
    try {
      this.#file = openSync(`/proc/self/task/${process.pid}/schedstat`, 'r')
    } catch {
      this.longest.cpuMs = Number.NaN
    }
    this.#cpuMs = this.#cpu()
    this.#timer = setInterval(() => this.#tick(), TICK_MS)
  }

  stop(): LongestBlock {
    clearInterval(this.#timer)
    if (this.#file !== null) closeSync(this.#file)
    this.#file = null
    return this.longest
  }

  /** CPU time of this thread so far (first number of the kernel's line, nanoseconds). */
  #cpu(): number {
    if (this.#file === null) return Number.NaN
    const length = readSync(this.#file, this.#buffer, 0, this.#buffer.length, 0)
    return Number(this.#buffer.toString('latin1', 0, length).split(' ')[0]) / 1e6
  }

  #tick(): void {
    const [wallMs, cpuMs] = [performance.now(), this.#cpu()]
    this.longest.wallMs = Math.max(this.longest.wallMs, wallMs - this.#wallMs - TICK_MS)
    if (cpuMs - this.#cpuMs > this.longest.cpuMs) this.longest.cpuMs = cpuMs - this.#cpuMs
    this.#wallMs = wallMs
    this.#cpuMs = cpuMs
  }
}
