import { type ComputedRef, computed, type ShallowRef, shallowRef } from 'vue'

type Id = number | string

export interface Cursor<T> {
  /** The line that single keys act on; null until one is chosen, and once it has left the list. */
  readonly row: ComputedRef<T | null>
  /** Moves by `step` lines; from nowhere it starts at the top. */
  move(step: number): void
  set(id: Id | null): void
  /** The focus is to go to the line, as soon as that is drawn: who cannot see it hears where he is. */
  readonly isFocusAsked: ShallowRef<boolean>
}

/** A place in a list that keys move. It stays with its line, not with a position. */
export function useCursor<T extends { readonly id: Id }>(
  rows: () => readonly T[],
  id: ShallowRef<Id | null>,
): Cursor<T> {
  const place = () => rows().findIndex((row) => row.id === id.value)
  return {
    row: computed(() => rows()[place()] ?? null),
    move(step) {
      const from = place()
      const to = from === -1 ? 0 : Math.max(0, Math.min(rows().length - 1, from + step))
      id.value = rows()[to]?.id ?? null
    },
    set(next) {
      id.value = next
    },
    isFocusAsked: shallowRef(false),
  }
}
