import { daysBetween } from '../../../shared/base/time.ts'
import { DOUBTS, type DoubtKind } from '../../../shared/monitor/findings/doubts.ts'

/** A dated item in its place in a list. */
export interface ListedItem {
  readonly key: string
  readonly title: string
  readonly url: string | null
  readonly date: string
}

/** A list of a page, its items in their order. */
export interface SeenList {
  readonly name: string
  readonly items: readonly ListedItem[]
}

/** The lists of a site as they were read last: keys of their items in their order. */
export interface ListsBefore {
  /** Local day of that reading. */
  readonly day: string
  readonly lists: readonly { readonly name: string; readonly keys: readonly string[] }[]
}

/** When an item was seen first, and the date that it bore then. */
export interface FirstSeen {
  readonly firstDay: string
  readonly firstDate: string | null
}

/** A date that cannot be true. */
export interface Doubted extends FirstSeen {
  readonly kind: DoubtKind
  readonly item: ListedItem
  readonly absentDay: string | null
}

/**
 * The dates of a page that contradict what is remembered of it. In doubt nothing is said: not of what is seen for the first time,
 * nor of a list that was put up anew, dated anew as a whole or turned to another page of it, nor of years that a page leaves to be guessed.
 * @param before the lists as they were read last; null: nothing is known of them.
 * @param memory by key, of every item that was seen, today's new ones too.
 */
export function doubtedDates(
  lists: readonly SeenList[],
  before: ListsBefore | null,
  memory: ReadonlyMap<string, FirstSeen>,
  day: string,
): Doubted[] {
  if (before === null) return []
  const found = new Map<string, Doubted>()
  for (const list of lists) {
    if (list.items.length < DOUBTS.leastItems) continue
    const known = keysBefore(list, before)
    if (known === null) continue
    for (const one of [...moved(list, memory, day), ...backdated(list, known, before.day, memory, day)])
      found.set(one.item.key, one)
  }
  return [...found.values()]
}

/** What stood in the same list before, in its order; null where it is not the same any more. */
function keysBefore(list: SeenList, { lists }: ListsBefore): ReadonlySet<string> | null {
  const shares = lists
    .filter(({ name }) => name === list.name)
    .map(({ keys }) => {
      const known = new Set(keys)
      return { known, share: list.items.filter(({ key }) => known.has(key)).length / list.items.length }
    })
    .sort((a, b) => b.share - a.share)
  const [best] = shares
  return best && best.share >= DOUBTS.sameShare ? best.known : null
}

/** Items seen before, whose date is now another than it can be. */
function moved(list: SeenList, memory: ReadonlyMap<string, FirstSeen>, day: string): Doubted[] {
  const seen = list.items.flatMap((item) => {
    const first = memory.get(item.key)
    return first && first.firstDay < day ? [{ item, first }] : []
  })
  const off = seen.filter(({ item, first }) => isMoved(item.date, first))
  // A whole list that is dated anew is another template, not a forgery.
  const isWhole =
    off.length >= DOUBTS.leastRedated && off.length >= DOUBTS.redatedShare * Math.max(1, seen.length)
  if (isWhole) return []
  return off.map(({ item, first }) => ({ kind: 'moved', item, ...first, absentDay: null }))
}

function isMoved(claimed: string, { firstDay, firstDate }: FirstSeen): boolean {
  // Without a date at first only a later day than that of the first sight says something.
  const by = daysBetween(firstDate ?? firstDay, claimed)
  if (firstDate === null && by < 0) return false
  return Math.abs(by) >= DOUBTS.movedDays && wholeYears(by) === 0
}

/** Days of a year, the leap years shared out. */
export const YEAR_DAYS = 365.25

/** How many whole years so many days are, or nearly: a page that leaves the year out was guessed otherwise. 0: none. */
export function wholeYears(days: number): number {
  const years = Math.round(Math.abs(days) / YEAR_DAYS)
  return Math.abs(Math.abs(days) - years * YEAR_DAYS) <= DOUBTS.yearTolerance ? years : 0
}

/** Items that were not there at the last look, stand above one that was, and claim to be much older than that look. */
function backdated(
  { items }: SeenList,
  known: ReadonlySet<string>,
  absentDay: string,
  memory: ReadonlyMap<string, FirstSeen>,
  day: string,
): Doubted[] {
  return items.flatMap((item, at): Doubted[] => {
    const first = memory.get(item.key)
    if (!first || first.firstDay < day || known.has(item.key)) return []
    if (daysBetween(item.date, absentDay) < DOUBTS.backdatedDays) return []
    // Where the list has been turned or has become longer, what comes into view stands below all that stood there.
    const isAbove = items.slice(at + 1).some((below) => known.has(below.key) && below.date <= item.date)
    return isAbove && isOrdered(items, at) && !hasTakenPlace(items, at, known)
      ? [{ kind: 'backdated', item, firstDay: first.firstDay, firstDate: item.date, absentDay }]
      : []
  })
}

/**
 * Whether something that is gone stood in the place of an item: between the same neighbours. Then its title or address was put right,
 * which makes it another for memory and no forgery.
 */
function hasTakenPlace(items: readonly ListedItem[], at: number, known: ReadonlySet<string>): boolean {
  const isKnown = ({ key }: ListedItem) => known.has(key)
  const above = items.slice(0, at).findLastIndex(isKnown)
  const below = items.findIndex((item, n) => n > at && isKnown(item))
  const order = [...known]
  const placeOf = (n: number) => order.indexOf(items[n]?.key ?? '')
  const shown = new Set(items.map(({ key }) => key))
  const gone = order.slice(placeOf(above) + 1, placeOf(below)).filter((key) => !shown.has(key))
  return gone.length >= below - above - 1
}

/** Whether the list runs newest first around an item, so that its place says something. */
function isOrdered(items: readonly ListedItem[], at: number): boolean {
  const around = items.slice(Math.max(0, at - 1), at + 2)
  return around.every((item, n) => n === 0 || item.date <= (around[n - 1]?.date ?? item.date))
}
