import { giveBack, lend, passOn } from './bodies.ts'

const FIRST_SIZE = 16_384
/** What a server promises beyond that is believed when it comes: a promise costs it nothing. */
const MOST_AT_FIRST = 262_144

/** Gathers a body up to a limit of bytes, in one buffer that grows; the chunks given to it may be reused. */
export class Sink {
  readonly #limit: number
  #buffer: Buffer
  #length = 0
  /** More came than the limit allows. */
  isCapped = false

  constructor(limit: number, expected?: number) {
    this.#limit = limit
    this.#buffer = lend(Math.min(expected ?? FIRST_SIZE, MOST_AT_FIRST, limit))
  }

  get length(): number {
    return this.#length
  }

  write(chunk: Buffer): void {
    const room = this.#limit - this.#length
    const taken = Math.min(room, chunk.length)
    if (chunk.length > room) this.isCapped = true
    this.#reserve(this.#length + taken)
    chunk.copy(this.#buffer, this.#length, 0, taken)
    this.#length += taken
  }

  /** The same for a single byte, without an object around it. */
  writeByte(byte: number): void {
    if (this.#length >= this.#limit) {
      this.isCapped = true
      return
    }
    this.#reserve(this.#length + 1)
    this.#buffer[this.#length++] = byte
  }

  #reserve(size: number): void {
    if (size <= this.#buffer.length) return
    const larger = lend(Math.min(this.#limit, Math.max(size, this.#buffer.length * 2)))
    this.#buffer.copy(larger, 0, 0, this.#length)
    giveBack(this.#buffer)
    this.#buffer = larger
  }

  /** A view of what was gathered, to be given back (`bodies.ts`); the sink is not written to afterwards. */
  take(): Buffer {
    return passOn(this.#buffer, this.#length)
  }
}
