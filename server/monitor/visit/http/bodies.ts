import { MINUTE } from '../../../../shared/base/time.ts'

/*
 * What bodies are gathered in. A page of 50 KB lies outside the heap of the program, and a few hundred a second have all of
 * it looked through each second for what can be freed: that took more than the visits. So a buffer that nobody needs any more is
 * given back, and filled anew.
 */

/** Smaller ones cost nothing to make. */
const SMALLEST = 16_384
/** So many bytes lie idle at most, of all sizes together. */
const MOST_IDLE = 16 * 1024 * 1024

/** Those that nobody needed for so long are let go: after a storm, or many large pages. */
const NEEDED_MS = MINUTE

/** By size, a power of two. */
const idle = new Map<number, Buffer[]>()
let idleBytes = 0
/** By size, how many lay idle at the least since then (ms of this process). */
const spare = new Map<number, number>()
let spareSinceMs = performance.now()
/** What is out: a buffer, or the part of it that its borrower has passed on. */
const lent = new WeakSet<Uint8Array>()

/** A buffer of that many bytes at least, with anything in it; small ones are not to be had back. */
export function lend(size: number): Buffer {
  if (size < SMALLEST) return Buffer.allocUnsafe(size)
  const whole = 2 ** Math.ceil(Math.log2(size))
  const same = idle.get(whole) ?? []
  const known = same.pop()
  if (known) idleBytes -= whole
  spare.set(whole, Math.min(spare.get(whole) ?? same.length, same.length))
  const buffer = known ?? Buffer.allocUnsafeSlow(whole)
  lent.add(buffer)
  return buffer
}

/** The first bytes of a buffer, which are given back in its place. */
export function passOn(buffer: Buffer, length: number): Buffer {
  const part = buffer.subarray(0, length)
  if (lent.delete(buffer)) lent.add(part)
  return part
}

/** Takes back what was lent: nobody may look at it from then on. What was not lent, or is back already, is let be. */
export function giveBack(bytes: Uint8Array): void {
  if (!lent.delete(bytes)) return
  if (performance.now() - spareSinceMs >= NEEDED_MS) letGo()
  const { buffer } = bytes
  const size = buffer.byteLength
  if (!hasRoom(size)) return
  idleBytes += size
  const same = idle.get(size) ?? []
  same.push(Buffer.from(buffer))
  idle.set(size, same)
}

/** Lets go what was idle all the time. */
function letGo(): void {
  for (const [size, some] of idle) {
    const unneeded = Math.min(some.length, spare.get(size) ?? some.length)
    some.splice(0, unneeded)
    idleBytes -= unneeded * size
    spare.set(size, some.length)
  }
  spareSinceMs = performance.now()
}

/** Larger ones make room for smaller ones: pages that were large once, many at a time, are few of all. */
function hasRoom(size: number): boolean {
  while (idleBytes + size > MOST_IDLE) {
    const largest = Math.max(...[...idle].flatMap(([of, some]) => (some.length > 0 ? [of] : [])))
    if (largest <= size) return false
    idle.get(largest)?.pop()
    idleBytes -= largest
  }
  return true
}

/** The same bytes for whoever keeps them, in memory of their own and no more than they take; `bytes` is given back. */
export function kept(bytes: Uint8Array): Uint8Array {
  if (!lent.has(bytes)) return bytes
  const own = new Uint8Array(bytes)
  giveBack(bytes)
  return own
}
