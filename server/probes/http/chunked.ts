import type { Sink } from './sink.ts'

const SIZE_LINE = /^[ \t]*([0-9a-f]{1,12})[ \t]*(?:;.*)?$/i
const MAX_LINE = 4096

/** Takes the chunked coding off a body (RFC 9112 section 7.1). Trailers are not waited for. */
export class ChunkedDecoder {
  readonly #sink: Sink
  #line = ''
  #left = 0
  #isAfterData = false

  constructor(sink: Sink) {
    this.#sink = sink
  }

  push(input: Buffer): 'more' | 'done' | 'bad' {
    for (let at = 0; at < input.length && !this.#sink.isCapped; ) {
      if (this.#left > 0) {
        const end = Math.min(input.length, at + this.#left)
        this.#sink.write(input.subarray(at, end))
        this.#left -= end - at
        this.#isAfterData = this.#left === 0
        at = end
        continue
      }
      const newline = input.indexOf(10, at)
      this.#line += input.toString('latin1', at, newline < 0 ? input.length : newline)
      if (this.#line.length > MAX_LINE) return 'bad'
      if (newline < 0) return 'more'
      const verdict = this.#endLine()
      if (verdict !== 'more') return verdict
      at = newline + 1
    }
    return this.#sink.isCapped ? 'done' : 'more'
  }

  #endLine(): 'more' | 'done' | 'bad' {
    const line = this.#line.endsWith('\r') ? this.#line.slice(0, -1) : this.#line
    this.#line = ''
    if (this.#isAfterData) {
      this.#isAfterData = false
      return line === '' ? 'more' : 'bad'
    }
    const size = SIZE_LINE.exec(line)?.[1]
    if (size === undefined) return 'bad'
    this.#left = Number.parseInt(size, 16)
    return this.#left === 0 ? 'done' : 'more'
  }
}
