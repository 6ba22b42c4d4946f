import iconv from 'iconv-lite'
import { storable } from '../../../shared/base/text.ts'
import type { Steps } from '../slices.ts'
import type { ReasonWithValues } from '../words/refusals.ts'

/** What can come out of a spreadsheet program, piece by piece, or why it cannot be read. */
export type DecodedSheet = { pieces: string[] } | ReasonWithValues

const DELIMITERS = [',', '\t', ';'] as const

/** Bytes of one step: as many as 500 rows, which are some ms of work. */
const PIECE = 2 ** 10

/**
 * The text of a sheet's file: UTF-8 with or without a mark, UTF-16 ("Unicode text" of Excel), or else
 * GB18030, of which GBK and GB 2312 are parts. Bytes that are valid UTF-8 are practically never GBK.
 */
export function* decodeSheet(bytes: Uint8Array): Steps<DecodedSheet> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (buffer.subarray(0, 4).equals(Buffer.from('PK\x03\x04'))) {
    return { reason: 'sheets.workbook', values: {} }
  }
  const mark = buffer.subarray(0, 2).toString('hex')
  if (mark === 'fffe') return { pieces: yield* decoded(buffer, 'utf-16le') }
  if (mark === 'feff') return { pieces: yield* decoded(buffer, 'utf-16be') }
  const utf8 = yield* decodedUtf8(buffer)
  if (utf8) return { pieces: utf8 }
  const pieces = yield* decoded(buffer, 'gb18030')
  return pieces.some((piece) => piece.includes('\uFFFD'))
    ? { reason: 'sheets.encoding', values: {} }
    : { pieces }
}

/** Null when it is not UTF-8. */
function* decodedUtf8(buffer: Buffer): Steps<string[] | null> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const pieces: string[] = []
  try {
    for (let at = 0; at < buffer.length; at += PIECE) {
      pieces.push(storable(decoder.decode(buffer.subarray(at, at + PIECE), { stream: true })))
      yield
    }
    decoder.decode()
    return pieces
  } catch {
    return null
  }
}

function* decoded(buffer: Buffer, encoding: string): Steps<string[]> {
  const decoder = iconv.getDecoder(encoding)
  const pieces: string[] = []
  for (let at = 0; at < buffer.length; at += PIECE) {
    pieces.push(storable(decoder.write(buffer.subarray(at, at + PIECE))))
    yield
  }
  pieces.push(storable(decoder.end() ?? ''))
  return pieces
}

/** The delimiter that the header uses most, outside quotation marks. */
export function delimiterOf(text: string): string {
  const header = (/^\s*(?:"(?:[^"]|"")*"|[^"\r\n])*/.exec(text)?.[0] ?? '').replace(/"(?:[^"]|"")*"/g, '')
  const counts = DELIMITERS.map((delimiter) => header.split(delimiter).length)
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ','
}
