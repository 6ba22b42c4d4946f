import { Unzip, UnzipInflate } from 'fflate'

/* What is packed in a file of an office program, unpacked no further than somebody could have written by hand. */

/** Bytes that are handed to the unpacker at once: it gives out a thousand times as much at most. */
const PIECE = 4_096

/** Of all parts together, unpacked. */
export const MOST_UNPACKED = 32 * 2 ** 20

export interface Unpacked {
  /** The parts that are wanted, by name. */
  readonly parts: ReadonlyMap<string, Uint8Array>
  /** It would be more than that: a bomb, or a book. What came before is there. */
  readonly isTooMuch: boolean
  /** It breaks off, or is no such file. */
  readonly isBroken: boolean
}

/** Unpacks the parts of a file that are wanted; of the others only their size is seen. */
export function unpack(
  bytes: Uint8Array,
  isWanted: (name: string) => boolean,
  most = MOST_UNPACKED,
): Unpacked {
  const pieces = new Map<string, Uint8Array[]>()
  let size = 0
  let isBroken = false
  const unzip = new Unzip((file) => {
    const kept: Uint8Array[] | null = isWanted(file.name) ? [] : null
    if (kept) pieces.set(file.name, kept)
    file.ondata = (error, chunk) => {
      if (error) isBroken = true
      size += chunk?.length ?? 0
      if (kept && chunk && size <= most) kept.push(chunk)
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  for (let at = 0; at < bytes.length && size <= most && !isBroken; at += PIECE) {
    try {
      unzip.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length)
    } catch {
      isBroken = true
    }
  }
  const parts = new Map([...pieces].map(([name, chunks]) => [name, Buffer.concat(chunks)]))
  return { parts, isTooMuch: size > most, isBroken }
}
