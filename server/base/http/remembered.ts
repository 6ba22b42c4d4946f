import type { Clock } from '../clock.ts'

interface Made<T> {
  /** When it was there. */
  readonly atMs: number
  readonly made: Promise<T>
}

/**
 * What is made once for however many ask for the same until it is there, and for a while after. What failed is not
 * remembered.
 * @param freshMs it is made anew so long after it was there
 * @param most so many are held at once, the newest; what is still being made is none of them
 * @param isKept what is not is made for who asks meanwhile, and pushes nothing out
 */
export function remembered<T>(
  clock: Pick<Clock, 'now'>,
  freshMs: number,
  most: number,
  isKept: (made: T) => boolean = () => true,
) {
  const held = new Map<string, Made<T>>()
  const making = new Map<string, Promise<T>>()
  const keep = (key: string, made: Promise<T>) => {
    held.delete(key)
    held.set(key, { atMs: clock.now(), made })
    if (held.size > most) held.delete(held.keys().next().value ?? '')
  }
  return (key: string, make: () => Promise<T>): Promise<T> => {
    const before = held.get(key)
    if (before && clock.now() - before.atMs <= freshMs) return before.made
    const underWay = making.get(key)
    if (underWay !== undefined) return underWay
    const made = make()
    making.set(key, made)
    const end = (isGood: boolean) => {
      making.delete(key)
      if (isGood) keep(key, made)
      else held.delete(key)
    }
    made.then(
      (one) => end(isKept(one)),
      () => end(false),
    )
    return made
  }
}
