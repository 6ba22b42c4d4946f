import { ChunkedDecoder } from './chunked.ts'
import { type Head, parseHead } from './head.ts'
import { Sink } from './sink.ts'

/** Four times what Node accepts: long policies and cookies are no reason to call a site down. */
const MAX_HEAD = 65_536
const MIN_STATUS_LINE = 5

export type ReadFault = 'bad_response' | 'truncated'

export interface ReaderOptions {
  maxBytes: number
  /** False: the head is all that is wanted, as of a redirect. */
  wantsBody: (head: Head) => boolean
}

/**
 * Reads one HTTP/1 answer from chunks as they arrive. It stands in the place of `node:http` for two reasons: at
 * half the CPU of its client a visit costs what a monitor of 84,000 sites can pay, and what browsers overlook
 * (bare line feeds, two lengths, a length beside chunks) is read at once and noted, where a strict parser
 * refuses a site that every citizen can open.
 */
export class AnswerReader {
  readonly #options: ReaderOptions
  #pending: Buffer | null = null
  #sink: Sink | null = null
  #chunked: ChunkedDecoder | null = null
  head: Head | null = null
  fault: ReadFault | null = null

  constructor(options: ReaderOptions) {
    this.#options = options
  }

  get body(): Buffer {
    return this.#sink?.take() ?? Buffer.alloc(0)
  }

  get isCapped(): boolean {
    return this.#sink?.isCapped ?? false
  }

  /** True once nothing more is wanted: the answer is complete, capped or wrong. `chunk` may be reused after. */
  push(chunk: Buffer): boolean {
    if (this.head) return this.#pushBody(chunk)
    const input = this.#pending ? Buffer.concat([this.#pending, chunk]) : chunk
    return this.#pushHead(input)
  }

  /** The connection ended. Tells what is missing by setting `fault`. */
  end(): void {
    if (this.fault || !this.head) return
    const { framing } = this.head
    if (this.isCapped || framing.kind === 'none' || framing.kind === 'close') return
    if (framing.kind === 'length' && (this.#sink?.length ?? 0) >= framing.shortest) return
    this.fault = 'truncated'
  }

  #pushHead(input: Buffer): boolean {
    const start = skipBlankLines(input)
    if (!isHttpSoFar(input, start)) return this.#fail()
    const end = endOfHead(input, start)
    if (end < 0) {
      if (input.length > MAX_HEAD) return this.#fail()
      this.#pending = this.#pending ? input : Buffer.from(input)
      return false
    }
    const head = parseHead(input.toString('latin1', start, end))
    if (head === null || head.status === 101) return this.#fail()
    this.#pending = null
    const rest = input.subarray(end)
    if (head.status < 200) return rest.length > 0 ? this.#pushHead(rest) : false
    this.head = head
    return this.#startBody(head, rest)
  }

  #startBody(head: Head, rest: Buffer): boolean {
    const { framing } = head
    if (framing.kind === 'none' || !this.#options.wantsBody(head)) return true
    const isLong = framing.kind === 'length'
    if (isLong && framing.length === 0) return true
    this.#sink = new Sink(this.#options.maxBytes, isLong ? framing.length : undefined)
    if (framing.kind === 'chunked') this.#chunked = new ChunkedDecoder(this.#sink)
    return rest.length > 0 && this.#pushBody(rest)
  }

  #pushBody(chunk: Buffer): boolean {
    const sink = this.#sink
    const framing = this.head?.framing
    if (!sink || !framing) return true
    if (this.#chunked) return this.#pushChunked(this.#chunked, chunk)
    const excess = framing.kind === 'length' ? sink.length + chunk.length - framing.length : 0
    sink.write(excess > 0 ? chunk.subarray(0, chunk.length - excess) : chunk)
    return sink.isCapped || (framing.kind === 'length' && sink.length >= framing.length)
  }

  #pushChunked(decoder: ChunkedDecoder, chunk: Buffer): boolean {
    const verdict = decoder.push(chunk)
    if (verdict === 'bad') return this.#fail()
    return verdict === 'done'
  }

  #fail(): true {
    this.fault = 'bad_response'
    return true
  }
}

function skipBlankLines(input: Buffer): number {
  let start = 0
  while (input[start] === 13 || input[start] === 10) start++
  return start
}

function isHttpSoFar(input: Buffer, start: number): boolean {
  const length = Math.min(MIN_STATUS_LINE, input.length - start)
  return 'HTTP/'.startsWith(input.toString('latin1', start, start + length))
}

/** The index after the blank line, with or without carriage returns; -1 if it has not come yet. */
function endOfHead(input: Buffer, start: number): number {
  const crlf = input.indexOf('\n\r\n', start, 'latin1')
  const before = crlf < 0 ? input : input.subarray(0, crlf + 1)
  const lf = before.indexOf('\n\n', start, 'latin1')
  if (lf >= 0) return lf + 2
  return crlf < 0 ? -1 : crlf + 3
}
