/** Mixes whole numbers into an unsigned 32-bit one: same numbers, same answer, on every machine. */
export function mix(...parts: number[]): number {
  let hash = 0x9e3779b9
  for (const part of parts) {
    hash = Math.imul(hash ^ (part | 0), 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
    hash ^= hash >>> 16
  }
  return hash >>> 0
}

/** `mix` as a fraction in [0, 1). */
export function chance(...parts: number[]): number {
  return mix(...parts) / 0x1_0000_0000
}

/** A whole number in [0, size) chosen by the parts. */
export function choose(size: number, ...parts: number[]): number {
  return Math.floor(chance(...parts) * size)
}

/** The member of a non-empty list that the parts choose. */
export function pick<T>(list: readonly T[], ...parts: number[]): T {
  return list[choose(list.length, ...parts)] as T
}

/** The list in an order that the parts choose (Fisher and Yates). */
export function shuffle<T>(list: readonly T[], ...parts: number[]): T[] {
  const order = [...list]
  for (let last = order.length - 1; last > 0; last--) {
    const other = choose(last + 1, ...parts, last)
    const held = order[last] as T
    order[last] = order[other] as T
    order[other] = held
  }
  return order
}
