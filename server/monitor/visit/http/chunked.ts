import type { Sink } from './sink.ts'

/** Of a size line with its extensions. */
const MAX_LINE = 4096
const MAX_DIGITS = 12
/**
 * Bytes of framing that a server may spend on the bytes of a page: one-byte chunks take five each. Beyond it, it
 * means to keep us busy.
 */
const MOST_FRAMING = 6
const FREE_FRAMING = 1_048_576
const [LF, CR, BLANK, TAB, SEMICOLON] = [10, 13, 32, 9, 59]

/** What a byte of a size line means for the parser. */
type Place = 'before' | 'digits' | 'after' | 'extension'

/**
 * Takes the chunked coding off a body (RFC 9112 section 7.1), byte by byte and without making a string: what it
 * costs is in proportion to the bytes that come, however small the chunks are. Trailers are not waited for.
 */
export class ChunkedDecoder {
  readonly #sink: Sink
  readonly #mostFraming: number
  /** Of the line that has begun: its length, the size so far and its digits, and where in it we are. */
  #length = 0
  #size = 0
  #digits = 0
  #place: Place = 'before'
  #left = 0
  #isAfterData = false
  #framing = 0

  /** @param limit bytes of the page that are wanted at most. */
  constructor(sink: Sink, limit: number) {
    this.#sink = sink
    this.#mostFraming = FREE_FRAMING + MOST_FRAMING * limit
  }

  push(input: Buffer): 'more' | 'done' | 'bad' {
    for (let at = 0; at < input.length && !this.#sink.isCapped; ) {
      if (this.#left > 0) {
        const end = Math.min(input.length, at + this.#left)
        if (end - at === 1) this.#sink.writeByte(input[at] ?? 0)
        else this.#sink.write(input.subarray(at, end))
        this.#left -= end - at
        this.#isAfterData = this.#left === 0
        at = end
        continue
      }
      const byte = input[at++] ?? 0
      if (++this.#framing > this.#mostFraming) return 'bad'
      const verdict = byte === LF ? this.#endLine() : this.#take(byte)
      if (verdict !== 'more') return verdict
    }
    return this.#sink.isCapped ? 'done' : 'more'
  }

  /** A byte of a size line, or of the empty line after a chunk. */
  #take(byte: number): 'more' | 'bad' {
    if (++this.#length > MAX_LINE) return 'bad'
    if (this.#isAfterData) return byte === CR && this.#length === 1 ? 'more' : 'bad'
    if (this.#place === 'extension') return 'more'
    if (byte === SEMICOLON && this.#digits > 0) this.#place = 'extension'
    else if (byte === BLANK || byte === TAB || byte === CR) {
      if (this.#digits > 0) this.#place = 'after'
      else if (byte === CR) return 'bad'
    } else {
      const digit = hexDigit(byte)
      if (digit < 0 || this.#place === 'after' || ++this.#digits > MAX_DIGITS) return 'bad'
      this.#place = 'digits'
      this.#size = this.#size * 16 + digit
    }
    return 'more'
  }

  #endLine(): 'more' | 'done' | 'bad' {
    const [size, digits, wasAfterData] = [this.#size, this.#digits, this.#isAfterData]
    this.#length = 0
    this.#size = 0
    this.#digits = 0
    this.#place = 'before'
    this.#isAfterData = false
    if (wasAfterData) return 'more'
    if (digits === 0) return 'bad'
    this.#left = size
    return size === 0 ? 'done' : 'more'
  }
}

/** The value of a hexadecimal digit; -1 for any other byte. */
function hexDigit(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48
  const letter = byte | 32
  return letter >= 97 && letter <= 102 ? letter - 87 : -1
}
