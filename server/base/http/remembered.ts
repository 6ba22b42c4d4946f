import type { Clock } from '../clock.ts'

/**
 * What is made once for however many ask for the same within a while; of those who ask meanwhile, one makes it. What failed is not
 * remembered.
 * @param freshMs it is made anew after so long
 * @param most so many are held at once, the newest
 */
export function remembered<T>(clock: Pick<Clock, 'now'>, freshMs: number, most: number) {
  const held = new Map<string, { readonly atMs: number; readonly made: Promise<T> }>()
  return (key: string, make: () => Promise<T>): Promise<T> => {
    const nowMs = clock.now()
    const before = held.get(key)
    if (before && nowMs - before.atMs <= freshMs) return before.made
    const mine = { atMs: nowMs, made: make() }
    held.delete(key)
    held.set(key, mine)
    if (held.size > most) held.delete(held.keys().next().value ?? '')
    mine.made.catch(() => {
      if (held.get(key) === mine) held.delete(key)
    })
    return mine.made
  }
}
