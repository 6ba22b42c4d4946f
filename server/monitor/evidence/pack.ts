import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, brotliDecompress, constants } from 'node:zlib'

/** A page as it is kept. */
export interface PackedPage {
  /** SHA-256 of the kept part, in hexadecimal. */
  readonly hash: string
  readonly bytes: Buffer
  /** Of the page as it came, in bytes. */
  readonly size: number
  readonly isCut: boolean
}

/** Kept for one page at most, compressed. A home page of 40 KB takes about 8 KB. */
export const MAX_PACKED = 512 * 1024
/** Nothing that was kept unpacks to more. */
const MAX_UNPACKED = 8 * 1024 * 1024

const compress = promisify(brotliCompress)
const decompress = promisify(brotliDecompress)
// Within a few per cent of the best quality, at a twentieth of its time; it runs outside the main thread.
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }

/** Compresses a page; of one that is too large even so, only its beginning is kept. */
export async function packPage(page: Uint8Array): Promise<PackedPage> {
  const whole = await compress(page, QUALITY)
  if (whole.length <= MAX_PACKED) return packed(page, whole, page.length, false)
  const start = page.subarray(0, MAX_PACKED - 1024)
  return packed(start, await compress(start, QUALITY), page.length, true)
}

function packed(kept: Uint8Array, bytes: Buffer, size: number, isCut: boolean): PackedPage {
  return { hash: createHash('sha256').update(kept).digest('hex'), bytes, size, isCut }
}

export function unpackPage(bytes: Uint8Array): Promise<Buffer> {
  return decompress(bytes, { maxOutputLength: MAX_UNPACKED })
}

/** The text of a kept page, in the encoding that it was read in; in UTF-8 if that is not known. */
export function textOf(page: Uint8Array, encoding: string): string {
  try {
    return new TextDecoder(encoding).decode(page)
  } catch {
    return new TextDecoder().decode(page)
  }
}
