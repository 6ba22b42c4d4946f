import type { Context } from '../context.ts'
import { isLasting } from '../db/failure.ts'
import { openRefs } from './queries.ts'
import { setAside } from './set-aside.ts'

/** One of those that a look of the watchdog has something to do for. */
export interface LookItem {
  readonly id: number
  /** Whose it is, for whoever looks into it. */
  readonly siteId: number | null
}

type Part = Pick<Context, 'db' | 'clock' | 'log' | 'wake' | 'after'>

/** So many that fail alone, and none that does not: it is the work that is at fault, and no item. */
const SUSPECTS = 8

const refOf = (step: string, { id }: LookItem) => `${step} ${id}`

/** Those that are not set aside from this step, in their order. */
export async function withoutAside<T extends LookItem>(
  { db }: Pick<Part, 'db'>,
  step: string,
  items: readonly T[],
): Promise<readonly T[]> {
  if (items.length === 0) return items
  const aside = await openRefs(db, 'look')
  return aside.size === 0 ? items : items.filter((item) => !aside.has(refOf(step, item)))
}

/**
 * Does a step of the watchdog for many items at once. Where that fails for a reason that will stay, by halves until
 * the one that fails is alone: that one is set aside under the step's name and its number, and left out of later looks
 * until it is tried again; the others are done. Where nothing can be done for any of them, nothing is set aside here:
 * the step itself is.
 * @param work does these and no others, in one transaction. @returns how many it did.
 * @param atOnce how many at most it is given at once.
 * @returns how many were done.
 * @throws what will pass, and what stays and is of no item.
 */
export async function doOneByOne(
  ctx: Part,
  step: string,
  items: readonly LookItem[],
  work: (ids: readonly number[]) => Promise<number>,
  atOnce = Number.POSITIVE_INFINITY,
): Promise<number> {
  const wanted = await withoutAside(ctx, step, items)
  const bad: { item: LookItem; error: unknown }[] = []
  let isAnyDone = false
  async function attempt(some: readonly LookItem[]): Promise<number> {
    const [first] = some
    if (!first) return 0
    try {
      const count = await work(some.map(({ id }) => id))
      isAnyDone = true
      return count
    } catch (error) {
      if (!isLasting(error)) throw error
      if (some.length === 1) {
        bad.push({ item: first, error })
        if (bad.length >= SUSPECTS && !isAnyDone) throw error
        return 0
      }
    }
    const half = Math.ceil(some.length / 2)
    return (await attempt(some.slice(0, half))) + (await attempt(some.slice(half)))
  }
  let count = 0
  for (let from = 0; from < wanted.length; from += atOnce) {
    count += await attempt(wanted.slice(from, from + atOnce))
  }
  if (bad.length > 1 && !isAnyDone) throw bad[0]?.error
  for (const { item, error } of bad) {
    const kept = await setAside(ctx, { kind: 'look', ref: refOf(step, item), siteId: item.siteId }, error)
    if (!kept) throw error
  }
  return count
}
