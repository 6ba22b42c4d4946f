import iconv from 'iconv-lite'
import { storable } from '../../../shared/base/text.ts'

/** What can come out of a spreadsheet program, and the sentence for what we cannot read. */
export type DecodedRegister = { text: string } | { reason: string }

const DELIMITERS = [',', '\t', ';'] as const

/**
 * The text of a register file: UTF-8 with or without a mark, UTF-16 ("Unicode text" of Excel), or else
 * GB18030, of which GBK and GB 2312 are parts. Bytes that are valid UTF-8 are practically never GBK.
 */
export function decodeRegister(bytes: Uint8Array): DecodedRegister {
  const decoded = decodeBytes(bytes)
  return 'text' in decoded ? { text: storable(decoded.text) } : decoded
}

function decodeBytes(bytes: Uint8Array): DecodedRegister {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (buffer.subarray(0, 4).equals(Buffer.from('PK\x03\x04'))) {
    return { reason: 'this is a workbook (.xlsx); save it as CSV first' }
  }
  const mark = buffer.subarray(0, 2).toString('hex')
  if (mark === 'fffe') return { text: iconv.decode(buffer, 'utf-16le') }
  if (mark === 'feff') return { text: iconv.decode(buffer, 'utf-16be') }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(buffer) }
  } catch {
    const text = iconv.decode(buffer, 'gb18030')
    return text.includes('\uFFFD') ? { reason: 'the text is neither UTF-8 nor GBK/GB18030' } : { text }
  }
}

/** The delimiter that the header uses most, outside quotation marks. */
export function delimiterOf(text: string): string {
  const header = (/^\s*(?:"(?:[^"]|"")*"|[^"\r\n])*/.exec(text)?.[0] ?? '').replace(/"(?:[^"]|"")*"/g, '')
  const counts = DELIMITERS.map((delimiter) => header.split(delimiter).length)
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ','
}
