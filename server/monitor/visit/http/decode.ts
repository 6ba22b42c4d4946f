import zlib from 'node:zlib'
import { Sink } from './sink.ts'

type Coding = 'gzip' | 'br' | 'deflate' | 'deflate-raw'

export type Decoded =
  | { body: Buffer; isCapped: boolean; isUnknown: boolean }
  | { fault: 'bad_encoding' | 'too_many_encodings' | 'truncated' }

/** Codings on one body; servers put on one, those behind another server at times two. */
const MAX_CODINGS = 4
/** Of a header that is nothing but codings, so many are looked at. */
const MAX_HEADER_CODINGS = 64
const STREAM_CHUNK = 65_536
/** What is larger is decompressed beside the event loop. */
const MAX_SYNC = 65_536

const SYNC: { [coding in Coding]: (input: Buffer, options: zlib.ZlibOptions) => Buffer } = {
  gzip: zlib.gunzipSync,
  br: zlib.brotliDecompressSync,
  deflate: zlib.inflateSync,
  'deflate-raw': zlib.inflateRawSync,
}

const STREAM: {
  [coding in Coding]: (
    options: zlib.ZlibOptions,
  ) => zlib.Gunzip | zlib.BrotliDecompress | zlib.Inflate | zlib.InflateRaw
} = {
  gzip: zlib.createGunzip,
  br: zlib.createBrotliDecompress,
  deflate: zlib.createInflate,
  'deflate-raw': zlib.createInflateRaw,
}

/** `deflate` means the zlib format (RFC 9110 section 8.4.1.2), but servers have always sent the bare one too. */
function deflateKind(input: Buffer): Coding {
  const [first = 0, second = 0] = input
  return (first & 15) === 8 && (first * 256 + second) % 31 === 0 ? 'deflate' : 'deflate-raw'
}

function codingOf(name: string, input: Buffer): Coding | null {
  if (name === 'gzip' || name === 'x-gzip') return 'gzip'
  if (name === 'br') return 'br'
  if (name === 'deflate') return deflateKind(input)
  return null
}

/**
 * What comes out of `input` up to `limit` bytes, and why it is not more; stops decompressing there, however much a
 * bomb still holds.
 */
function decodeUpTo(
  coding: Coding,
  input: Buffer,
  limit: number,
): Promise<{ sink: Sink; code: string | undefined }> {
  return new Promise((resolve) => {
    const sink = new Sink(limit)
    const stream = STREAM[coding]({ chunkSize: STREAM_CHUNK })
    let code: string | undefined
    stream.on('data', (chunk: Buffer) => {
      sink.write(chunk)
      if (sink.isCapped) stream.destroy()
    })
    stream.on('error', (error: NodeJS.ErrnoException) => {
      code = error.code ?? 'unknown'
      stream.destroy()
    })
    stream.on('close', () => resolve({ sink, code }))
    stream.end(input)
  })
}

const faultOf = (code: string | undefined) => (code === 'Z_BUF_ERROR' ? 'truncated' : 'bad_encoding')

async function decodeOne(coding: Coding, input: Buffer, isCut: boolean, limit: number): Promise<Decoded> {
  if (!isCut && input.length <= MAX_SYNC) {
    try {
      const body = SYNC[coding](input, { maxOutputLength: limit })
      return { body, isCapped: false, isUnknown: false }
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (code !== 'ERR_BUFFER_TOO_LARGE') return { fault: faultOf(code) }
    }
  }
  const { sink, code } = await decodeUpTo(coding, input, limit)
  if (!isCut && !sink.isCapped && code !== undefined) return { fault: faultOf(code) }
  return { body: sink.take(), isCapped: isCut || sink.isCapped, isUnknown: false }
}

/** The last one first, without those that do nothing, and no more than show that there are too many. */
function codingsOf(header: string): string[] {
  const names = header.toLowerCase().split(',', MAX_HEADER_CODINGS)
  return names
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity')
    .reverse()
}

/**
 * Takes off the content codings of `header` (`Content-Encoding`), the last one first, at most four. At most `limit`
 * bytes come out of each. `isCut` says that `input` itself was cut at the limit, so that its end is missing on
 * purpose. An unknown coding leaves the bytes as they are.
 */
export async function decode(
  header: string | undefined,
  input: Buffer,
  { limit, isCut }: { limit: number; isCut: boolean },
): Promise<Decoded> {
  const plain: Decoded = { body: input, isCapped: isCut, isUnknown: false }
  if (header === undefined || input.length === 0) return plain
  const codings = codingsOf(header)
  if (codings.length > MAX_CODINGS) return { fault: 'too_many_encodings' }
  let result = plain
  for (const [index, name] of codings.entries()) {
    const coding = codingOf(name, result.body)
    if (coding === null) return { ...result, isUnknown: true }
    if (index > 0) await new Promise((resolve) => setImmediate(resolve))
    const next = await decodeOne(coding, result.body, result.isCapped, limit)
    if ('fault' in next) return next
    result = next
  }
  return result
}
