import zlib from 'node:zlib'
import { Sink } from './sink.ts'

type Coding = 'gzip' | 'br' | 'deflate' | 'deflate-raw'

export type Decoded =
  | { body: Buffer; isCapped: boolean; isUnknown: boolean }
  | { fault: 'bad_encoding' | 'truncated' }

const SYNC: { [coding in Coding]: (input: Buffer, options: zlib.ZlibOptions) => Buffer } = {
  gzip: zlib.gunzipSync,
  br: zlib.brotliDecompressSync,
  deflate: zlib.inflateSync,
  'deflate-raw': zlib.inflateRawSync,
}

const STREAM: {
  [coding in Coding]: () => zlib.Gunzip | zlib.BrotliDecompress | zlib.Inflate | zlib.InflateRaw
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

function codingOf(name: string, input: Buffer): Coding | 'identity' | null {
  if (name === 'gzip' || name === 'x-gzip') return 'gzip'
  if (name === 'br') return 'br'
  if (name === 'deflate') return deflateKind(input)
  return name === '' || name === 'identity' ? 'identity' : null
}

/** What comes out of `input` up to `limit` bytes; stops decompressing there, however much a bomb still holds. */
function decodeUpTo(coding: Coding, input: Buffer, limit: number): Promise<Sink> {
  return new Promise((resolve) => {
    const sink = new Sink(limit)
    const stream = STREAM[coding]()
    stream.on('data', (chunk: Buffer) => {
      sink.write(chunk)
      if (sink.isCapped) stream.destroy()
    })
    stream.on('error', () => stream.destroy())
    stream.on('close', () => resolve(sink))
    stream.end(input)
  })
}

async function decodeOne(coding: Coding, input: Buffer, isCut: boolean, limit: number): Promise<Decoded> {
  if (!isCut) {
    try {
      const body = SYNC[coding](input, { maxOutputLength: limit })
      return { body, isCapped: false, isUnknown: false }
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (code === 'Z_BUF_ERROR') return { fault: 'truncated' }
      if (code !== 'ERR_BUFFER_TOO_LARGE') return { fault: 'bad_encoding' }
    }
  }
  const sink = await decodeUpTo(coding, input, limit)
  return { body: sink.take(), isCapped: true, isUnknown: false }
}

/**
 * Takes off the content codings of `header` (`Content-Encoding`), the last one first. At most `limit` bytes come
 * out. `isCut` says that `input` itself was cut at the limit, so that its end is missing on purpose. An unknown
 * coding leaves the bytes as they are.
 */
export async function decode(
  header: string | undefined,
  input: Buffer,
  { limit, isCut }: { limit: number; isCut: boolean },
): Promise<Decoded> {
  const plain: Decoded = { body: input, isCapped: isCut, isUnknown: false }
  if (header === undefined || input.length === 0) return plain
  let result = plain
  for (const name of header.toLowerCase().split(',').reverse()) {
    const coding = codingOf(name.trim(), result.body)
    if (coding === 'identity') continue
    if (coding === null) return { ...result, isUnknown: true }
    const next = await decodeOne(coding, result.body, result.isCapped, limit)
    if ('fault' in next) return next
    result = next
  }
  return result
}
