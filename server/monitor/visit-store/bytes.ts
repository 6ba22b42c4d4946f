import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib'

/** Stored bytes that are not what was once written. */
export class CorruptPack extends Error {}

/** How the bytes behind the head are stored. */
const PLAIN = 1
const DEFLATED = 2
/** Form and checksum. */
const HEAD = 5
/** Nothing that is packed unpacks to more. */
const MAX_UNPACKED = 64 * 1024 * 1024
/** Small inputs: a small window is as good, and made much faster. */
const DEFLATE = { level: 9, windowBits: 13, memLevel: 6 }

/** Fewer bytes than this hardly become fewer. */
const WORTH_IT = 256

/** How a column of numbers is written: one value for all, distances from the least, steps from row to row. */
const SAME = 0
const ABOVE_LEAST = 1
const STEPS = 2

/** Writes whole numbers (up to 2^52) in as few bytes as they need: small ones in one. */
export class ByteWriter {
  #bytes = new Uint8Array(1024)
  #length = 0

  /** A number of at least 0. */
  uint(value: number): void {
    let rest = value
    this.#reserve(8)
    while (rest >= 0x80) {
      this.#bytes[this.#length++] = (rest % 0x80) + 0x80
      rest = Math.floor(rest / 0x80)
    }
    this.#bytes[this.#length++] = rest
  }

  int(value: number): void {
    this.uint(zigzag(value))
  }

  text(value: string): void {
    const bytes = Buffer.from(value)
    this.uint(bytes.length)
    this.#reserve(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
  }

  /** One column of a table whose number of rows the reader knows. */
  column(values: readonly number[]): void {
    const least = values.reduce((low, value) => Math.min(low, value), values[0] ?? 0)
    const above = values.map((value) => value - least)
    const steps = values.map((value, row) => zigzag(value - (values[row - 1] ?? least)))
    if (above.every((value) => value === 0)) this.uint(SAME)
    else this.uint(sizeOf(steps) < sizeOf(above) ? STEPS : ABOVE_LEAST)
    this.int(least)
    if (above.every((value) => value === 0)) return
    for (const value of sizeOf(steps) < sizeOf(above) ? steps : above) this.uint(value)
  }

  /** All that was written, compressed where that helps, with a checksum. */
  seal(): Buffer {
    const body = this.#bytes.subarray(0, this.#length)
    const deflated = body.length < WORTH_IT ? body : deflateRawSync(body, DEFLATE)
    const isSmaller = deflated.length < body.length
    const head = Buffer.alloc(HEAD)
    head[0] = isSmaller ? DEFLATED : PLAIN
    head.writeUInt32LE(crc32(body), 1)
    return Buffer.concat([head, isSmaller ? deflated : body])
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return
    const larger = new Uint8Array(2 * this.#bytes.length + bytes)
    larger.set(this.#bytes)
    this.#bytes = larger
  }
}

/** Reads what `ByteWriter` sealed. Every method throws `CorruptPack` when that is not what is there. */
export class ByteReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(sealed: Uint8Array) {
    this.#bytes = open(sealed)
  }

  uint(): number {
    let value = 0
    for (let scale = 1; scale <= 2 ** 49; scale *= 0x80) {
      const byte = this.#bytes[this.#at++]
      if (byte === undefined) throw new CorruptPack('it ends too soon')
      if (byte < 0x80) return value + byte * scale
      value += (byte - 0x80) * scale
    }
    throw new CorruptPack('a number is too long')
  }

  int(): number {
    return unzigzag(this.uint())
  }

  text(): string {
    const length = this.uint()
    if (this.#at + length > this.#bytes.length) throw new CorruptPack('it ends too soon')
    this.#at += length
    return Buffer.from(this.#bytes.subarray(this.#at - length, this.#at)).toString()
  }

  column(rows: number): number[] {
    const kind = this.uint()
    const least = this.int()
    const values = new Array<number>(rows).fill(least)
    if (kind === SAME) return values
    if (kind !== ABOVE_LEAST && kind !== STEPS)
      throw new CorruptPack(`a column is of an unknown kind, ${kind}`)
    let last = least
    for (let row = 0; row < rows; row++) {
      const value = this.uint()
      last = kind === STEPS ? last + unzigzag(value) : least + value
      values[row] = last
    }
    return values
  }

  /** Says that everything has been read. */
  end(): void {
    if (this.#at !== this.#bytes.length) throw new CorruptPack('there is something behind its end')
  }
}

function open(sealed: Uint8Array): Uint8Array {
  const form = sealed[0]
  if (sealed.length < HEAD || (form !== PLAIN && form !== DEFLATED)) throw new CorruptPack('it has no head')
  const rest = sealed.subarray(HEAD)
  const body = form === PLAIN ? rest : inflate(rest)
  const sum = Buffer.from(sealed.buffer, sealed.byteOffset, HEAD).readUInt32LE(1)
  if (crc32(body) !== sum) throw new CorruptPack('its checksum is wrong')
  return body
}

function inflate(bytes: Uint8Array): Uint8Array {
  try {
    return inflateRawSync(bytes, { maxOutputLength: MAX_UNPACKED })
  } catch (error) {
    throw new CorruptPack('it cannot be decompressed', { cause: error })
  }
}

const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value)
const unzigzag = (value: number): number => (value % 2 === 1 ? -(value + 1) / 2 : value / 2)

/** Bytes that these numbers take. */
function sizeOf(values: readonly number[]): number {
  let bytes = 0
  for (const value of values) {
    bytes += value < 0x80 ? 1 : value < 0x4000 ? 2 : value < 0x20_0000 ? 3 : value < 0x1000_0000 ? 4 : 8
  }
  return bytes
}
