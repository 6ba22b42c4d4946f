import { isAscii, isUtf8, transcode } from 'node:buffer'
import { storable } from '../../../../shared/base/text.ts'

/** The text of a page and the encoding it was really in. */
export interface Decoded {
  text: string
  encoding: string
}

/** Where a declaration has to stand to count (HTML standard: 1024; old pages put scripts and styles first). */
const DECLARATION_BYTES = 8_192
const WIDE_SAMPLE = 64
/** Enough bytes to tell two encodings apart, few enough to try several. */
const SAMPLE_BYTES = 32_768
/** A UTF-8 page may hold a few cut characters; other encodings read as UTF-8 break on most of theirs. */
const MAX_BROKEN_SHARE = 0.08
const META_CHARSET =
  /<(?:meta|\?xml)[^>]{0,400}?(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([\w-]{2,30})/i
/** The commonest characters of written Chinese, both scripts: wrong decodings hardly ever produce them. */
const COMMON =
  /[的一是不了在人有我他这中大来上国个到说们为年月日会地政府市县区局新公告通知关于務國會個為與發]/g

/**
 * Decodes a page: byte-order mark, then the bytes themselves, and only then what header and page claim. Its text can be
 * stored; U+0000 in it is left out, as browsers do.
 */
export function decodePage(bytes: Uint8Array, contentType: string | undefined): Decoded {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const { text, encoding } = decodeBytes(buffer, contentType)
  // Decoders make whole characters only, and U+0000 of nothing but a byte of 0, which is found a hundred times faster.
  return { text: buffer.includes(0) ? storable(text) : text, encoding }
}

function decodeBytes(buffer: Buffer, contentType: string | undefined): Decoded {
  const marked = byMark(buffer)
  if (marked) return marked
  if (isAscii(buffer)) return { text: buffer.toString('latin1'), encoding: 'utf-8' }
  // The same text in a fifth of the time.
  if (isUtf8(buffer))
    return { text: transcode(buffer, 'utf8', 'utf16le').toString('utf16le'), encoding: 'utf-8' }
  if (isUtf8(withoutCutTail(buffer))) return { text: buffer.toString('utf8'), encoding: 'utf-8' }
  const encoding = guess(buffer, declared(buffer, contentType))
  return { text: decode(buffer, encoding), encoding }
}

function byMark(buffer: Buffer): Decoded | null {
  const [a, b, c] = buffer
  if (a === 0xef && b === 0xbb && c === 0xbf) return { text: buffer.toString('utf8', 3), encoding: 'utf-8' }
  if (a === 0xff && b === 0xfe) return { text: decode(buffer, 'utf-16le'), encoding: 'utf-16le' }
  if (a === 0xfe && b === 0xff) return { text: decode(buffer, 'utf-16be'), encoding: 'utf-16be' }
  const wide = wideWithoutMark(buffer)
  return wide === null ? null : { text: decode(buffer, wide), encoding: wide }
}

/** Markup begins in ASCII: in UTF-16 every second byte of it is zero. */
function wideWithoutMark(buffer: Buffer): string | null {
  const beginning = [...buffer.subarray(0, WIDE_SAMPLE)]
  const even = beginning.filter((byte, at) => byte === 0 && at % 2 === 0).length
  const odd = beginning.filter((byte, at) => byte === 0 && at % 2 === 1).length
  if (odd > even && odd * 4 >= beginning.length) return 'utf-16le'
  return even > odd && even * 4 >= beginning.length ? 'utf-16be' : null
}

/** A download cut at a byte limit may end inside a character; that must not unmake a UTF-8 page. */
function withoutCutTail(buffer: Buffer): Buffer {
  let end = buffer.length
  for (let back = 1; back <= 4 && back <= buffer.length; back++) {
    const byte = buffer[buffer.length - back] ?? 0
    if (byte < 0x80) break
    if (byte >= 0xc0) {
      end = buffer.length - back
      break
    }
  }
  return buffer.subarray(0, end)
}

function declared(buffer: Buffer, contentType: string | undefined): string[] {
  const head = buffer.toString('latin1', 0, DECLARATION_BYTES)
  const names = [
    contentType?.match(/charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w-]+)/i)?.[1],
    head.match(META_CHARSET)?.[1],
  ]
  return names.flatMap((name) => canonical(name) ?? [])
}

/** One of the encodings such pages come in; anything else claimed is a mistake (or an attack) and is ignored. */
function canonical(name: string | undefined): string | null {
  if (name === undefined) return null
  const plain = name.toLowerCase()
  if (/^(gb[\d_-]*2312([_-]80)?|gbk|gb[_-]?18030|x-gbk|cp936|ms936|windows-936|hz-gb-2312)$/.test(plain)) {
    return 'gb18030'
  }
  if (/^(big5|big5-hkscs|x-x-big5|cp950)$/.test(plain)) return 'big5'
  if (/^utf-?16(le)?$/.test(plain)) return 'utf-16le'
  if (/^(euc-kr|euc-jp|shift_jis)$/.test(plain)) return plain
  return null
}

function guess(buffer: Buffer, claims: string[]): string {
  const sample = sampleOf(buffer)
  const asUtf8 = sample.toString('utf8')
  let high = 0
  for (const byte of sample) if (byte >= 0x80) high++
  if (count(asUtf8, /\ufffd/g) <= Math.max(2, high * MAX_BROKEN_SHARE)) return 'utf-8'
  const candidates = [...new Set([...claims.filter((name) => name !== 'utf-16le'), 'gb18030'])]
  if (candidates.length === 1) candidates.push('big5')
  let best = 'gb18030'
  let bestScore = -Infinity
  for (const encoding of candidates) {
    const text = decode(sample, encoding)
    const score = count(text, COMMON) - 2 * count(text, /[\ufffd\ue000-\uf8ff]/g)
    if (score > bestScore) [best, bestScore] = [encoding, score]
  }
  return best
}

/** The sample starts at the first byte that is not ASCII: long scripts before it say nothing. */
function sampleOf(buffer: Buffer): Buffer {
  const first = buffer.findIndex((byte) => byte >= 0x80)
  return buffer.subarray(Math.max(0, first), first + SAMPLE_BYTES)
}

/** Node carries every encoding of the WHATWG standard; its gb18030 also reads gb2312 and gbk. */
function decode(buffer: Buffer, encoding: string): string {
  return new TextDecoder(encoding).decode(buffer)
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}
