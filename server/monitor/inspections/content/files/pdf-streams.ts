import { inflateSync } from 'node:zlib'

/*
 * What the streams of a PDF unpack to. Who reads it holds each of them whole, outside the memory that a thread is allowed: so they
 * are unpacked before, as far as that goes without harm.
 */

/** Of all streams together that are no pictures, unpacked. */
const MOST_UNPACKED = 64 * 2 ** 20
/** No packing of zlib gives out more for a byte. */
const MOST_PER_BYTE = 1_032
/** A packing within a packing within …; nobody needs a second one. */
const MOST_DEPTH = 3
/** Bytes in front of a stream in which it is said what it is. */
const DICTIONARY = 1_000

const [BEGIN, END] = [Buffer.from('stream'), Buffer.from('endstream')]
const IMAGE = /\/Subtype\s{0,9}\/Image\b/

/** Whether a PDF would unpack to more than anybody could have written. Pictures are not unpacked by who reads words. */
export function unpacksToTooMuch(bytes: Buffer, most = MOST_UNPACKED): boolean {
  let left = most
  for (let at = bytes.indexOf(BEGIN); at >= 0; at = bytes.indexOf(BEGIN, at + BEGIN.length)) {
    if (bytes.toString('latin1', at - 3, at) === 'end') continue
    const from = dataAt(bytes, at + BEGIN.length)
    const end = bytes.indexOf(END, from)
    const data = bytes.subarray(from, end < 0 ? bytes.length : end)
    if (!isImage(bytes, at)) left -= sizeOf(data, left, 0)
    if (left < 0) return true
    if (end < 0) break
    at = end
  }
  return false
}

/** The line that says `stream` ends before it. */
function dataAt(bytes: Buffer, at: number): number {
  const next = bytes[at] === 0x0d ? at + 1 : at
  return bytes[next] === 0x0a ? next + 1 : next
}

function isImage(bytes: Buffer, at: number): boolean {
  const before = bytes.toString('latin1', Math.max(0, at - DICTIONARY), at)
  return IMAGE.test(before.slice(before.lastIndexOf(' obj')))
}

/** Bytes that data unpacks to, told by what it is: what its dictionary says may stand elsewhere. More than `most`: no matter how much. */
function sizeOf(data: Buffer, most: number, depth: number): number {
  if (!isPacked(data)) return 0
  if (depth >= MOST_DEPTH) return Number.POSITIVE_INFINITY
  try {
    const unpacked = inflateSync(data, { maxOutputLength: Math.max(1, most) })
    return unpacked.length + sizeOf(unpacked, most - unpacked.length, depth + 1)
  } catch (error) {
    // One that breaks off is read up to there.
    const isTooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    return isTooLarge ? Number.POSITIVE_INFINITY : data.length * MOST_PER_BYTE
  }
}

/** RFC 1950: deflate, and a check of the first two bytes. */
const isPacked = (data: Buffer): boolean =>
  data.length > 2 && ((data[0] ?? 0) & 0x0f) === 8 && data.readUInt16BE(0) % 31 === 0
