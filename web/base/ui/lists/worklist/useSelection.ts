import { type ComputedRef, computed, type ShallowRef, shallowRef } from 'vue'

export interface Selection<T> {
  /** The selected rows that are still in the list, in its order. */
  readonly selected: ComputedRef<readonly T[]>
  has(id: number): boolean
  toggle(id: number): void
  /** Selects all of these, or none of them if all are selected. */
  toggleMany(ids: readonly number[]): void
  /** Selects all from the row toggled last to this one, of the rows as they are shown. */
  extend(id: number, shown: readonly number[]): void
  /** Selects all of the list, or nothing if all are selected. */
  toggleAll(): void
  readonly isAll: ComputedRef<boolean>
  clear(): void
}

/** Rows chosen for one action on all of them. What leaves the list is not acted upon. */
export function useSelection<T extends { readonly id: number }>(rows: () => readonly T[]): Selection<T> {
  const ids: ShallowRef<ReadonlySet<number>> = shallowRef(new Set())
  const selected = computed(() => (ids.value.size === 0 ? [] : rows().filter((row) => ids.value.has(row.id))))
  let anchor: number | null = null
  const isAll = computed(() => rows().length > 0 && selected.value.length === rows().length)
  return {
    selected,
    isAll,
    has: (id) => ids.value.has(id),
    toggle(id) {
      anchor = id
      const next = new Set(ids.value)
      if (!next.delete(id)) next.add(id)
      ids.value = next
    },
    toggleMany(some) {
      const next = new Set(ids.value)
      const isEach = some.every((id) => next.has(id))
      for (const id of some) {
        if (isEach) next.delete(id)
        else next.add(id)
      }
      ids.value = next
    },
    extend(id, shown) {
      const to = shown.indexOf(id)
      const from = anchor === null ? to : shown.indexOf(anchor)
      const start = Math.min(from === -1 ? to : from, to)
      ids.value = new Set([...ids.value, ...shown.slice(start, Math.max(from, to) + 1)])
      anchor = id
    },
    toggleAll() {
      ids.value = new Set(isAll.value ? [] : rows().map((row) => row.id))
    },
    clear() {
      ids.value = new Set()
    },
  }
}
