import type { Clock } from '../clock.ts'

interface Made<T> {
  readonly atMs: number
  readonly made: Promise<T>
}

/**
 * What is made once for however many ask for the same within a while; of those who ask meanwhile, one makes it. What failed is not
 * remembered.
 * @param freshMs it is made anew after so long
 * @param most so many are held at once, the newest
 * @param isKept what is not is made for who asks meanwhile, and pushes nothing out
 */
export function remembered<T>(
  clock: Pick<Clock, 'now'>,
  freshMs: number,
  most: number,
  isKept: (made: T) => boolean = () => true,
) {
  const held = new Map<string, Made<T>>()
  const making = new Map<string, Made<T>>()
  const keep = (key: string, mine: Made<T>) => {
    held.delete(key)
    held.set(key, mine)
    if (held.size > most) held.delete(held.keys().next().value ?? '')
  }
  return (key: string, make: () => Promise<T>): Promise<T> => {
    const nowMs = clock.now()
    const isFresh = (one: Made<T> | undefined) => one !== undefined && nowMs - one.atMs <= freshMs
    const before = [making.get(key), held.get(key)].find(isFresh)
    if (before) return before.made
    const mine = { atMs: nowMs, made: make() }
    making.set(key, mine)
    const end = (isGood: boolean) => {
      // What took too long, and is made anew by now, is no longer wanted.
      if (making.get(key) !== mine) return
      making.delete(key)
      if (isGood) keep(key, mine)
      else held.delete(key)
    }
    mine.made.then(
      (made) => end(isKept(made)),
      () => end(false),
    )
    return mine.made
  }
}
