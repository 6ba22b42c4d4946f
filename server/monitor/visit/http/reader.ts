import { ChunkedDecoder } from './chunked.ts'
import { type Head, parseHead } from './head.ts'
import { Sink } from './sink.ts'

/** Four times what Node accepts: long policies and cookies are no reason to call a site down. */
const MAX_HEAD = 65_536
/** Interim answers (1xx) before the real one; servers send one or two. */
const MAX_INTERIM = 100
const MIN_STATUS_LINE = 5
const [LF, CR] = [10, 13]

export type ReadFault = 'bad_response' | 'head_too_long' | 'too_many_interim' | 'truncated'

export interface ReaderOptions {
  maxBytes: number
  /** False: the head is all that is wanted, as of a redirect. */
  wantsBody: (head: Head) => boolean
}

/**
 * Reads one HTTP/1 answer from chunks as they arrive. It stands in the place of `node:http` for two reasons: at
 * half the CPU of its client a visit costs what a monitor of 84,000 sites can pay, and what browsers overlook
 * (bare line feeds, two lengths, a length beside chunks) is read at once and noted, where a strict parser
 * refuses a site that every citizen can open. Every byte is looked at once, however the server cuts its answer, and
 * all heads together, the interim ones included, have one limit.
 */
export class AnswerReader {
  readonly #options: ReaderOptions
  /** What came before the end of the head that is being read; null when all of it is in the chunk at hand. */
  #pending: Buffer | null = null
  #pendingLength = 0
  /** How much of the pending head has been searched for its end. */
  #searched = 0
  #lineStart = 0
  #headBytes = 0
  #interim = 0
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
    return this.head ? this.#pushBody(chunk) : this.#pushHeads(chunk)
  }

  /** The connection ended. Tells what is missing by setting `fault`. */
  end(): void {
    if (this.fault || !this.head) return
    const { framing } = this.head
    if (this.isCapped || framing.kind === 'none' || framing.kind === 'close') return
    if (framing.kind === 'length' && (this.#sink?.length ?? 0) >= framing.shortest) return
    this.fault = 'truncated'
  }

  /** One head after the other, as long as they are interim ones. */
  #pushHeads(chunk: Buffer): boolean {
    let rest = chunk
    while (rest.length > 0) {
      const input = this.#pending ? this.#append(rest) : rest
      const start = skipBlankLines(input)
      if (!isHttpSoFar(input, start)) return this.#fail('bad_response')
      const end = this.#endOfHead(input, start)
      if (this.#headBytes + (end < 0 ? input.length : end) > MAX_HEAD) return this.#fail('head_too_long')
      if (end < 0) {
        if (!this.#pending) this.#append(rest)
        return false
      }
      const head = parseHead(input.toString('latin1', start, end))
      if (head === null || head.status === 101) return this.#fail('bad_response')
      rest = input.subarray(end)
      if (head.status >= 200) {
        this.#pending = null
        this.head = head
        return this.#startBody(head, rest)
      }
      if (++this.#interim > MAX_INTERIM) return this.#fail('too_many_interim')
      this.#beginHead(end)
    }
    return false
  }

  /** The next head begins: of the one before, only its length counts. */
  #beginHead(lengthBefore: number): void {
    this.#headBytes += lengthBefore
    this.#pending = null
    this.#pendingLength = 0
    this.#searched = 0
    this.#lineStart = 0
  }

  /** Adds to the pending bytes, in a buffer that grows by doubling. @returns all of them. */
  #append(chunk: Buffer): Buffer {
    const length = this.#pendingLength + chunk.length
    if (!this.#pending || this.#pending.length < length) {
      const larger = Buffer.allocUnsafe(Math.max(1024, 2 * length))
      this.#pending?.copy(larger, 0, 0, this.#pendingLength)
      this.#pending = larger
    }
    chunk.copy(this.#pending, this.#pendingLength)
    this.#pendingLength = length
    return this.#pending.subarray(0, length)
  }

  /** The index after the blank line, with or without carriage returns; -1 if it has not come yet. */
  #endOfHead(input: Buffer, start: number): number {
    this.#lineStart = Math.max(this.#lineStart, start)
    for (let at = Math.max(this.#searched, start); ; ) {
      const newline = input.indexOf(LF, at)
      if (newline < 0) break
      const length = newline - this.#lineStart
      const isBlank = length === 0 || (length === 1 && input[this.#lineStart] === CR)
      if (isBlank && this.#lineStart > start) return newline + 1
      at = newline + 1
      this.#lineStart = at
    }
    this.#searched = input.length
    return -1
  }

  #startBody(head: Head, rest: Buffer): boolean {
    const { framing } = head
    const { maxBytes, wantsBody } = this.#options
    if (framing.kind === 'none' || !wantsBody(head)) return true
    const isLong = framing.kind === 'length'
    if (isLong && framing.length === 0) return true
    this.#sink = new Sink(maxBytes, isLong ? framing.length : undefined)
    if (framing.kind === 'chunked') this.#chunked = new ChunkedDecoder(this.#sink, maxBytes)
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
    if (verdict === 'bad') return this.#fail('bad_response')
    return verdict === 'done'
  }

  #fail(fault: ReadFault): true {
    this.fault = fault
    return true
  }
}

function skipBlankLines(input: Buffer): number {
  let start = 0
  while (input[start] === CR || input[start] === LF) start++
  return start
}

function isHttpSoFar(input: Buffer, start: number): boolean {
  const length = Math.min(MIN_STATUS_LINE, input.length - start)
  return 'HTTP/'.startsWith(input.toString('latin1', start, start + length))
}
