import { type ComputedRef, computed, type Ref, type ShallowRef, shallowRef, watch } from 'vue'

type Id = number | string

/** Length of the longest run of ascending numbers in `positions`, other numbers between them allowed. */
function longestAscending(positions: readonly number[]): number {
  const tails: number[] = []
  for (const position of positions) {
    tails[firstAtLeast(tails, position)] = position
  }
  return tails.length
}

/** Where in an ascending list the first number of at least `value` stands; its length if none is. */
function firstAtLeast(ascending: readonly number[], value: number): number {
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ascending[middle] ?? value) < value) low = middle + 1
    else high = middle
  }
  return low
}

/** How many rows came, went or changed places between two orders of ids. */
export function countChanges(before: readonly Id[], after: readonly Id[]): number {
  const places = new Map(before.map((id, place) => [id, place]))
  const stayed = after.map((id) => places.get(id)).filter((place) => place !== undefined)
  const gone = before.length - stayed.length
  const came = after.length - stayed.length
  return gone + came + stayed.length - longestAscending(stayed)
}

/** Whether rows have come below others, and nothing else has changed. */
const isLonger = (now: readonly { readonly id: Id }[], before: readonly { readonly id: Id }[]): boolean =>
  now.length > before.length && before.every(({ id }, place) => now[place]?.id === id)

export interface HeldRows<T> {
  /** Rows to show. Their contents are live; a row that has left the list meanwhile is shown as it last was. */
  readonly rows: ComputedRef<readonly T[]>
  /** The same rows as they were when they took their places, for what must not move them either. */
  readonly taken: Readonly<ShallowRef<readonly T[]>>
  /** Changes of order and membership that wait. */
  readonly pending: ComputedRef<number>
  /** How many of them are rows that have come. */
  readonly come: ComputedRef<number>
  /** Takes the waiting changes over. */
  update(): void
}

/**
 * Keeps the rows of a live list where they are while somebody works on it, so that nobody acknowledges the row
 * that has just slid under the pointer.
 * @param source the rows as they should be by now.
 * @param held whether somebody is on the list.
 * @param asked anything the user has asked for (filters, order): a change of it is shown at once.
 * @param grows the rows are fetched page by page: those of the next page come below, whoever is on the list.
 */
export function useHeldRows<T extends { readonly id: Id }>(
  source: () => readonly T[],
  held: Readonly<Ref<boolean>>,
  asked: () => unknown,
  grows = false,
): HeldRows<T> {
  const wanted = computed(source)
  const shown = shallowRef<readonly T[]>(wanted.value)
  const update = () => {
    shown.value = wanted.value
  }
  watch([wanted, held], ([now], [before]) => {
    if (!held.value) update()
    else if (grows && isLonger(now, before)) {
      const here = new Set(shown.value.map(({ id }) => id))
      shown.value = [...shown.value, ...now.slice(before.length).filter(({ id }) => !here.has(id))]
    }
  })
  watch(() => JSON.stringify(asked()), update)
  return {
    rows: computed(() => {
      if (shown.value === wanted.value) return shown.value
      const now = new Map(wanted.value.map((row) => [row.id, row]))
      return shown.value.map((row) => now.get(row.id) ?? row)
    }),
    taken: shown,
    pending: computed(() =>
      shown.value === wanted.value
        ? 0
        : countChanges(
            shown.value.map((row) => row.id),
            wanted.value.map((row) => row.id),
          ),
    ),
    come: computed(() => {
      if (shown.value === wanted.value) return 0
      const here = new Set(shown.value.map(({ id }) => id))
      return wanted.value.filter(({ id }) => !here.has(id)).length
    }),
    update,
  }
}
