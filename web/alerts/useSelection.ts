import { type ComputedRef, computed, type ShallowRef, shallowRef } from 'vue'

export interface Selection<T> {
  /** The selected rows that are still in the list, in its order. */
  readonly selected: ComputedRef<readonly T[]>
  has(id: number): boolean
  toggle(id: number): void
  /** Selects all of the list, or nothing if all are selected. */
  toggleAll(): void
  readonly isAll: ComputedRef<boolean>
  clear(): void
}

/** Rows chosen for one action on all of them. What leaves the list is not acted upon. */
export function useSelection<T extends { readonly id: number }>(rows: () => readonly T[]): Selection<T> {
  const ids: ShallowRef<ReadonlySet<number>> = shallowRef(new Set())
  const selected = computed(() => (ids.value.size === 0 ? [] : rows().filter((row) => ids.value.has(row.id))))
  const isAll = computed(() => rows().length > 0 && selected.value.length === rows().length)
  return {
    selected,
    isAll,
    has: (id) => ids.value.has(id),
    toggle(id) {
      const next = new Set(ids.value)
      if (!next.delete(id)) next.add(id)
      ids.value = next
    },
    toggleAll() {
      ids.value = new Set(isAll.value ? [] : rows().map((row) => row.id))
    },
    clear() {
      ids.value = new Set()
    },
  }
}
